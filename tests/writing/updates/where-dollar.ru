PREFIX ex: <http://example.org/> INSERT { $s ex:d ?o } WHERE { ?s ex:age $o }
