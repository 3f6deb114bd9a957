PREFIX ex: <http://example.org/> DROP GRAPH ex:g1 ; INSERT DATA { GRAPH ex:g1 { ex:a ex:q ex:b } }
