PREFIX ex: <http://example.org/> INSERT { ?s ex:note [ ex:of ?o ; ex:same _:k ] . _:k ex:of ?s } WHERE { ?s ex:p ?o }
