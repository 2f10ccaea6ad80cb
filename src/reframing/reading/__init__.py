"""Input: corpora are downloaded and verified, files are read, and articles are cleaned."""
