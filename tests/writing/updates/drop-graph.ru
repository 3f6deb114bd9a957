PREFIX ex: <http://example.org/> DROP GRAPH ex:g1
