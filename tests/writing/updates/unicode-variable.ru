PREFIX ex: <http://example.org/> INSERT { ?ім_я ex:x 1 } WHERE { ?ім_я ex:age ?n }
