PREFIX ex: <http://example.org/> INSERT { ?n ex:of ?s . ?s ex:again ?n } WHERE { ?s ex:name ?n }
