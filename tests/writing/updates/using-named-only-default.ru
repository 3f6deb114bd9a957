PREFIX ex: <http://example.org/> INSERT { ?s ex:u 1 } USING NAMED ex:g1 WHERE { ?s ex:p ?o }
