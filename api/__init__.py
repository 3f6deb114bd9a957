"""The graph over HTTP and as a command."""
