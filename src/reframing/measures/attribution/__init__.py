"""Attributions: who is said to vouch for what, by rule or as a network marks it."""
