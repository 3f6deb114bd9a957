PREFIX ex: <http://example.org/> WITH <http://example.org/fresh> INSERT { ?s ex:w ?o } WHERE { GRAPH ex:g1 { ?s ex:q ?o } }
