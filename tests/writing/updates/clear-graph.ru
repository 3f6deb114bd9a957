CLEAR GRAPH <http://example.org/g1>
