"""Texts with exactly one planted change, or with faithful ones alone: what the moves are tested on.

The places of a change come from gold that others annotated (sources, cues and contents of PolNeAR, hedge
cues of Szeged) or from the words of a text; the words that are put in come from the tables of this folder,
which were written without sight of the lexicons by which moves are found.
"""

ELSEWHERE, UNLIKELY, NOTHING = "elsewhere", "unlikely", "nothing"
"""What is found in place of a planted move: the same one at another place; the move itself, but with too low a
score; no move at all."""
