MOVE <http://example.org/g1> TO <http://example.org/g2>
