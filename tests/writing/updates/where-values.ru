PREFIX ex: <http://example.org/> INSERT { ?s ex:v ?o } WHERE { VALUES (?s ?o) { (ex:a 1) (ex:b UNDEF) } }
