"""How well everything measures: exams on gold, planted changes, readings of real reposts.

It stands outside the package: who studies a corpus needs none of it.
"""
