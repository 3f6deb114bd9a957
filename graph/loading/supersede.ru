# What the records in the graph of the loading say goes from the default graph to that of their release.
PREFIX pol: <https://w3id.org/polemos/ontology#>
DELETE { ?subject ?property ?value }
INSERT { GRAPH ?old { ?subject ?property ?value } }
WHERE {
  GRAPH <https://w3id.org/polemos/id/graph/loading> { ?record pol:ofRelease ?release }
  ?subject pol:accordingTo ?record ; ?property ?value .
  BIND(IRI(REPLACE(STR(?release), "/id/release/", "/id/graph/")) AS ?old)
}
