PREFIX ex: <http://example.org/> INSERT DATA { ex:l ex:p (1 2 3) }
