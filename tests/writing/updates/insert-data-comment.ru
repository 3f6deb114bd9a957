# first
PREFIX ex: <http://example.org/> # a prefix
INSERT DATA { # data }
 ex:a ex:p "} ; DELETE" } # end
