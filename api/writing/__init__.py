"""Writing over HTTP: SPARQL Update, the Graph Store HTTP Protocol, tokens, versions."""
