PREFIX ex: <http://example.org/> INSERT { ?s ex:u ?g } USING NAMED ex:g1 WHERE { GRAPH ?g { ?s ex:q ?o } }
