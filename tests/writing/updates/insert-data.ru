PREFIX ex: <http://example.org/> INSERT DATA { ex:n ex:p 1, 2 ; ex:q [ ex:r "x" ] . GRAPH ex:new { ex:n a ex:T } GRAPH ex:g1 { ex:a ex:q ex:b } }
