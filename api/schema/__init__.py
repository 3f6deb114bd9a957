"""``/schema``: the classes and properties in use, for an editor that completes queries.

What the terms are called and what the rules say of them is asked of the graph once a version; how
often they are used is what :mod:`api.description` has counted for the VoID description.
"""
