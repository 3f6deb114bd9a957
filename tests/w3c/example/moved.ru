MOVE DEFAULT TO <http://example.org/moved>
