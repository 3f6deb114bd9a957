PREFIX ex: <http://example.org/> INSERT { ?s ex:u ?o } USING ex:g1 USING ex:g2 WHERE { ?s ex:q ?o }
