"""Moves annotated or judged by people: annotation sheets, their import, agreement and precision."""
