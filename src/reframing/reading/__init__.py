"""Articles in: corpora fetched and verified, files read, pages cleaned."""
