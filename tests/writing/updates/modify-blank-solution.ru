PREFIX ex: <http://example.org/> INSERT { ?o ex:seen true } WHERE { ?s ex:p ?o FILTER(isBlank(?o)) }
