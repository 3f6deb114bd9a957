"""Scripts that write facts from published files: run by hand, their output committed."""
