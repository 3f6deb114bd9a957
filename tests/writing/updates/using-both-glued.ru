PREFIX ex:<http://example.org/>INSERT{?s ex:u ?g}USING<http://example.org/g1>USINGNAMED<http://example.org/g2>WHERE{?s ex:q ?o GRAPH ?g{?o ex:q ?x}}
