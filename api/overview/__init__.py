"""What the graph holds in a few figures: kinds, years, articles, datasets."""
