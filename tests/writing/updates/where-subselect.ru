PREFIX ex: <http://example.org/> INSERT { ex:total ex:is ?n } WHERE { SELECT (SUM(?a) AS ?n) { ?s ex:age ?a } }
