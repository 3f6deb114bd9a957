PREFIX ex: <http://example.org/> INSERT DATA { ex:a ex:p ';' ; ex:q """a ; } {""" } ; INSERT DATA { ex:a ex:r <http://example.org/;x> }
