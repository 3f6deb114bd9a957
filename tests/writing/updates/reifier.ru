PREFIX ex: <http://example.org/> INSERT { << ?s ex:age ?n >> ex:by ex:me } WHERE { ?s ex:age ?n }
