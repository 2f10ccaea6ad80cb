"""Readers of gold that others annotated: one module a corpus, from a fetched folder to records.

Each `read_<corpus>(folder)` takes the folder that its manifest fills (data/raw/<corpus>) and yields
frozen records in the order of the file. Every record has an `id`, and a `document`: what must not be
parted when the corpus is split. Offsets are code points of the record's own text.
"""

from reframing.readers.gold.babe import JudgedSentence, read_babe
from reframing.readers.gold.certainty import RatedFinding, read_certainty, read_certainty_aspects
from reframing.readers.gold.claims import GradedClaim, read_claims
from reframing.readers.gold.insciout import GradedPair, read_insciout
from reframing.readers.gold.newsmtsc import GoldTarget, TargetedSentence, read_newsmtsc
from reframing.readers.gold.sheepdog import ToneOfText, read_sheepdog
from reframing.readers.gold.support import CheckedSentence, read_qags, read_summedits
from reframing.readers.gold.szeged import HedgedSentence, read_szeged
from reframing.readers.gold.wnc import NeutralizedPair, read_wnc

__all__ = [
    "CheckedSentence",
    "GoldTarget",
    "GradedClaim",
    "GradedPair",
    "HedgedSentence",
    "JudgedSentence",
    "NeutralizedPair",
    "RatedFinding",
    "TargetedSentence",
    "ToneOfText",
    "read_babe",
    "read_certainty",
    "read_certainty_aspects",
    "read_claims",
    "read_insciout",
    "read_newsmtsc",
    "read_qags",
    "read_sheepdog",
    "read_summedits",
    "read_szeged",
    "read_wnc",
]
