"""Writes that come over HTTP: queued, prepared in a process of their own, judged, published."""
