"""Readers of articles, of given pairs, and of the corpora that are studied."""

from reframing.readers.articles import read_all, read_articles, read_one
from reframing.readers.corpora import CORPORA, read_corpus
from reframing.readers.encoded import MAX_CHARACTERS
from reframing.readers.pairs import GivenPair, read_pairs

__all__ = [
    "CORPORA",
    "MAX_CHARACTERS",
    "GivenPair",
    "read_all",
    "read_articles",
    "read_corpus",
    "read_one",
    "read_pairs",
]
