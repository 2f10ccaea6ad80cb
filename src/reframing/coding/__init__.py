"""Moves marked by people: sheets to annotate out, what was marked in, and how far annotators agree."""
