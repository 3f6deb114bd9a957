PREFIX ex: <http://example.org/> INSERT { ?s ex:says <<( ?s ex:age ?n )>> } WHERE { ?s ex:age ?n }
