PREFIX ex: <http://example.org/> INSERT { GRAPH ?g { ?s a ex:Aged } } WHERE { ?s ex:age ?n BIND(IRI(CONCAT("http://example.org/age", STR(?n))) AS ?g) }
