"""Scores of every measure on data that others annotated."""
