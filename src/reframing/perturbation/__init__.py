"""Texts with exactly one planted change, or with faithful ones alone: what the moves are tested on.

The places of a change come from gold that others annotated (sources, cues and contents of PolNeAR, hedge
cues of Szeged) or from the words of a text; the words that are put in come from the tables of this folder,
which were written without sight of the lexicons by which moves are found.
"""

NOTHING, ELSEWHERE = "nothing", "elsewhere"
"""What is found in place of a planted move: no move at all, or the same one at another place."""
