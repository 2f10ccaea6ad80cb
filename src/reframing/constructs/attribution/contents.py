"""Contents: what is attributed."""
