PREFIX ex: <http://example.org/> DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ex:all { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }
