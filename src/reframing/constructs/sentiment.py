"""Sentiment: VADER's compound score in [-1, 1] (Hutto & Gilbert 2014), computed by NLTK.

NLTK brings the algorithm, the package vaderSentiment the lexicon, so nothing is downloaded.
"""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer


def sentiment(text: str) -> float:
    """Compound sentiment of `text` in [-1, 1]; 0 where no word of the lexicon stands in it."""
    return analyser().polarity_scores(text)["compound"]


@lru_cache
def analyser() -> "SentimentIntensityAnalyzer":
    """NLTK's analyser over the lexicon file of vaderSentiment; built once a process."""
    # Imported here because nltk.sentiment takes most of a second, which `reframing --help` must not.
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    class PackagedAnalyser(SentimentIntensityAnalyzer):
        # NLTK 3.10 refuses to load lexicons from outside its data folders, hence no super().__init__.
        def __init__(self, lexicon: str) -> None:
            self.lexicon_file = lexicon
            self.lexicon = self.make_lex_dict()
            self.constants = VaderConstants()

    table = files("vaderSentiment") / "vader_lexicon.txt"
    return PackagedAnalyser(table.read_text(encoding="utf8").rstrip("\n"))
