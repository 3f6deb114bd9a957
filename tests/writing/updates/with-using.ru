PREFIX ex: <http://example.org/> WITH ex:g1 DELETE { ?s ?p ?o } INSERT { ?s ex:from2 ?o } USING ex:g2 WHERE { ?s ?p ?o }
