PREFIX ex: <http://example.org/> INSERT { ex:a ex:once 1 } WHERE { }
