PREFIX ex: <http://example.org/> DELETE DATA { ex:a ex:p ex:b . GRAPH ex:g1 { ex:a ex:q ex:b . ex:no ex:no ex:no } }
