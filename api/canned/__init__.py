"""The canned queries over HTTP: a list, a page for each, and their answers in every format."""
