PREFIX ex: <http://example.org/> INSERT { ?s ex:reach ?o } WHERE { ?s ex:p+ ?o }
