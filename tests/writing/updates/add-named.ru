PREFIX ex: <http://example.org/> ADD GRAPH ex:g1 TO GRAPH ex:g2
