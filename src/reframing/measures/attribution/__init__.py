"""Attributions: source, cue and content of reported speech and thought, found by rule or by a network."""
