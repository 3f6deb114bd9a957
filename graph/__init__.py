"""From reports to a versioned graph.

articles, reference entities, dataset rows → quads → closure → SHACL → a new version of the store;
worker processes answer SPARQL from one immutable version. Nothing here imports ``api``.
"""
