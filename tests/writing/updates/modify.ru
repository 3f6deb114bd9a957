PREFIX ex: <http://example.org/> DELETE { ?s ex:age ?n } INSERT { ?s ex:age ?m } WHERE { ?s ex:age ?n BIND(?n + 1 AS ?m) }
