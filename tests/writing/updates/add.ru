ADD <http://example.org/g1> TO DEFAULT
