CLEAR SILENT GRAPH <http://example.org/no>
