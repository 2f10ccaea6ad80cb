"""Texts with exactly one planted change, or with faithful ones alone: what the moves are tested on.

The places of a change come from gold that others annotated (sources, cues and contents of PolNeAR, hedge
cues of Szeged) or from the words of a text; the words that are put in come from the tables of this folder. Many
of them are in the lexicons by which moves are found, many in none: what is found of both is told apart.
"""

ALL = "all"
ELSEWHERE, UNLIKELY, NOTHING = "elsewhere", "unlikely", "nothing"
"""What is found in place of a planted move: the same one at another place; the move itself, but with too low a
score; no move at all."""

WORDS = {
    ALL: (True, False, None),
    "in lexicons": (True,),
    "in no lexicon": (False,),
    "none": (None,),
}
"""With which words changes were planted: any, those that a lexicon has or none has, or no listed ones."""
