PREFIX insert: <http://example.org/> PREFIX where: <http://example.org/> DELETE { insert:a where:p ?o } WHERE { insert:a where:p ?o }
