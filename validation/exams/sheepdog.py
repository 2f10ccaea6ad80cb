"""Evaluations per word in machine retellings: AUC of sensational and emotional against plain tones.

The tones were requested in the prompt, so the score shows that the measure follows tone. It is evidence
of validity, not a finding about retellings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reframing.measures.sentiment import sentiment
from reframing.reading.corpora import read_corpus
from validation.exam import SUBJECTIVE, Exam, Gold, Rival, System, share_listed, word_list
from validation.scores import Result, auc, evidence

# Reader: machine retellings of news in four tones, as gold for evaluation (Wu, Guo & Hooi 2024).

LOADED = frozenset({"sensational", "emotionally_triggering"})


@dataclass(frozen=True, slots=True)
class ToneOfText:
    """A retelling; `loaded` if a sensational or emotional tone was requested.

    `document` is the article that it retells. The tone is the one in the prompt, not one judged by
    readers: a retelling that ignored its prompt counts as an error of the measure.
    """

    id: str
    document: str
    text: str
    loaded: bool


def read_sheepdog(folder: Path) -> Iterator[ToneOfText]:
    """The retellings without refusals, cleaned as in the study (`read_corpus`)."""
    for article in read_corpus("sheepdog", folder):
        if article.kind is not None and article.event is not None:
            loaded = article.kind in LOADED
            yield ToneOfText(article.id, article.event, article.text, loaded)


# The exam.


def read(gold: Gold) -> list[ToneOfText]:
    """Every retelling: nothing is learned from them."""
    return list(read_sheepdog(gold.folder("sheepdog")))


def judge(items: Sequence[ToneOfText], system: System) -> Iterator[Result]:
    """Score a profile's evaluations per word token."""
    read = system.read(item.text for item in items)
    yield ranked(items, [len(a.evaluations) / max(1, a.n_tokens) for a in read])


def ranked(items: Sequence[ToneOfText], scores: Sequence[float]) -> Result:
    """AUC over rows (score, loaded), one per retelling; retellings of one article form a cluster."""
    rows = [(score, item.loaded) for item, score in zip(items, scores, strict=True)]
    return Result("evaluation-auc", evidence([item.document for item in items], rows, auc))


def rivals(items: Sequence[ToneOfText], gold: Gold) -> Iterator[Rival]:
    """Baselines: a constant, strength of sentiment, and the share of strong subjectives."""
    yield Rival("chance", "trivial", ranked(items, [0.0] * len(items)))
    vader = [abs(sentiment(item.text)) for item in items]
    yield Rival("strength of VADER", "other method", ranked(items, vader))
    listed = word_list(gold, SUBJECTIVE)
    shares = [share_listed(item.text, listed) for item in items]
    yield Rival("share of strong subjectives", "word list", ranked(items, shares))


TONE = Exam("tone", read, judge, rivals)
