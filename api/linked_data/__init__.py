"""Everything in the graph at an address of its own: pages for people, documents for programs.

``/id/…`` names a thing and sends on to its page or to a document (303, by content negotiation);
the ontology, the shapes and the alignments are documents themselves. All is asked of the engine.
"""
