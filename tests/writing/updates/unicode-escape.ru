PREFIX ex: <http://example.org/> INSERT DATA { ex:a ex:p "\u00e9" ; <http://example.org/\u0070> <http://example.org/\u00e9> }
