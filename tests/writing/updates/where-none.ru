PREFIX ex: <http://example.org/> INSERT { ex:a ex:did 1 } WHERE { ex:a ex:p ex:nothing }
