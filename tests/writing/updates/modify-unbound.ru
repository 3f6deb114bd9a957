PREFIX ex: <http://example.org/> INSERT { ?s ex:x ?n . ?s ex:y ?never . ?s ex:z 1 } WHERE { ?s ex:p ?o OPTIONAL { ?s ex:name ?n } }
