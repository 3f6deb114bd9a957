PREFIX ex: <http://example.org/> INSERT { ?s ex:young true } WHERE { ?s ex:age ?n FILTER(?n<35 && 20<?n) }
