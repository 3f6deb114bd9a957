CREATE GRAPH <http://example.org/brand-new>
