PREFIX ex: <http://example.org/> DELETE WHERE { ?s ex:p ?o . GRAPH ex:g1 { ?s ex:q ?o } }
