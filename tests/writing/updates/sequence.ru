PREFIX ex: <http://example.org/> INSERT DATA { ex:new ex:p 1 } ; DELETE { ?s ex:p 1 } INSERT { ?s ex:p 2 } WHERE { ?s ex:p 1 } ; DELETE DATA { ex:new ex:p 2 } ;
