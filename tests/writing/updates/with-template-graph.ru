PREFIX ex: <http://example.org/> WITH ex:g1 INSERT { ?s ex:w 1 . GRAPH ex:g2 { ?s ex:w 2 } } WHERE { ?s ex:q ?o }
