DELETEWHERE{?s<http://example.org/p>?o}
