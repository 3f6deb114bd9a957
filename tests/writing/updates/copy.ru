COPY DEFAULT TO <http://example.org/g1>
