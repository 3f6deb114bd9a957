PREFIX ex: <http://example.org/> INSERT { ?s ?n ?s } WHERE { ?s ex:name ?n }
