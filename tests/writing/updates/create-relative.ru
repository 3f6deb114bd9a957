CREATE GRAPH <relative>
