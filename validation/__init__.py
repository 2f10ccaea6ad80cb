"""Validation of measures and moves: exams on gold corpora, planted changes, readings of real reposts.

Not part of the `reframing` package: studying a corpus does not require it.
"""
