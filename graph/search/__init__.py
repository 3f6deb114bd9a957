"""Full-text search over the labels, quotes and texts of a version, in any language, with ranking.

The index is one file of SQLite's FTS5 beside the version's store: made once, never changed, and
made again whenever it is missing.
"""
