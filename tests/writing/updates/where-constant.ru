PREFIX ex: <http://example.org/> DELETE { ex:a ex:p ex:b } INSERT { ex:a ex:did 1 } WHERE { ex:a ex:p ex:b }
