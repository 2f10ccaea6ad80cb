"""Moves marked or judged by people: sheets out, marks in, agreement and precision."""
