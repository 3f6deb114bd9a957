"""The engine: versions of the store, and the worker processes that answer SPARQL from them.

The only package that knows what a store is made of. Outside it, a question goes in
(:mod:`graph.engine.question`) and bytes come out.
"""
