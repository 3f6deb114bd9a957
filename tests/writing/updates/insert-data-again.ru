PREFIX ex: <http://example.org/> INSERT DATA { ex:a ex:p ex:b }
