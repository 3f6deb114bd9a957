PREFIX ex: <http://example.org/>
INSERT { GRAPH ex:made { _:b ex:of ?s } } WHERE { ?s ex:p ?o } ;
INSERT { GRAPH ex:made { _:b ex:of ?s } } WHERE { ?s ex:q ?o }
