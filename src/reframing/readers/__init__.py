"""Readers of articles and corpora."""
