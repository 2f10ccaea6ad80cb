"""Planted changes, faithful rewrites and copies: texts with known changes, on which the moves are tested."""
