PREFIX ex: <http://example.org/> WITH ex:g1 DELETE { ?s ex:q ?o } INSERT { ?s ex:w ?o } WHERE { ?s ex:q ?o }
