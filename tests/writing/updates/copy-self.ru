COPY <http://example.org/g1> TO <http://example.org/g1>
