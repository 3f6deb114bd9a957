"""Exports over HTTP: what there is, and a process for each one that is under way."""
