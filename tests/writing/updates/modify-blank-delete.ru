PREFIX ex: <http://example.org/> DELETE { ?o ?p ?v } WHERE { ?s ex:p ?o . ?o ?p ?v FILTER(isBlank(?o)) }
