"""Whether a source text supports a summary of it: balanced accuracy on SummEdits and QAGS."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from reframing.documents.errors import InputError
from reframing.documents.tokens import words
from validation.exam import Exam, Gold, Rival, System, checked, json_lines, json_list, lengths
from validation.scores import Result, balanced_accuracy, best_threshold, evidence

# Reader: summaries that people checked against their sources (Laban et al. 2023; Wang, Cho & Lewis 2020).

SUMMEDITS = Path("data/summedits/summedits_ectsum.json")
QAGS = Path("data")


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A summary, or one sentence of it (`text`), and whether its source text supports it.

    `document` is a digest of the source text; `corpus` is `ectsum`, `cnndm` or `xsum`.
    """

    id: str
    document: str
    corpus: str
    source: str
    text: str
    supported: bool


def read_summedits(folder: Path) -> Iterator[CheckedSentence]:
    """Edited summaries of earnings calls from SummEdits; supported are those with label 1."""
    path = folder / SUMMEDITS
    types = {"id": str, "doc": str, "summary": str, "label": int}
    for number, row in json_list(path, types):
        if row["label"] not in (0, 1):
            raise InputError("must be 0 or 1", str(path), number, "label")
        document, supported = _digest(row["doc"]), row["label"] == 1
        id = f"{row['id']}#{number}"
        yield CheckedSentence(id, document, "ectsum", row["doc"], row["summary"], supported)


def read_qags(folder: Path) -> Iterator[CheckedSentence]:
    """Sentences of machine summaries (CNN/DailyMail, then XSum) from QAGS, by majority of three judges."""
    for corpus in ("cnndm", "xsum"):
        path = folder / QAGS / f"mturk_{corpus}.jsonl"
        for number, row in json_lines(path, {"article": str, "summary_sentences": list}):
            for place, sentence in enumerate(row["summary_sentences"], 1):
                sentence = checked(sentence, {"sentence": str, "responses": list}, path, number)
                yield CheckedSentence(
                    f"{corpus}-{number}-{place}",
                    _digest(row["article"]),
                    corpus,
                    row["article"],
                    sentence["sentence"],
                    _majority(sentence["responses"], path, number),
                )


def _majority(responses: list[Any], path: Path, number: int) -> bool:
    votes = [checked(vote, {"response": str}, path, number)["response"] for vote in responses]
    if not votes or set(votes) - {"yes", "no"}:
        raise InputError("must be yes or no", str(path), number, "responses.response")
    return votes.count("yes") * 2 > len(votes)


def _digest(text: str) -> str:
    return sha256(text.encode("utf8")).hexdigest()[:16]


# The exam.

MEASURES = {"ectsum": "support-ectsum", "cnndm": "support-cnndm", "xsum": "support-xsum"}
HALVES = 2


def read(gold: Gold) -> list[CheckedSentence]:
    """All summaries: nothing is learned from them but thresholds (see `answered`)."""
    return [*gold.part("summedits", read_summedits), *gold.part("qags", read_qags)]


def judge(items: Sequence[CheckedSentence], system: System) -> Iterator[Result]:
    """Score a profile's support of each summary."""
    yield from answered(items, system.support([(item.source, item.text) for item in items]))


def answered(items: Sequence[CheckedSentence], scores: Sequence[float]) -> Iterator[Result]:
    """Balanced accuracy over rows (gold, answer), one per summary, by corpus.

    Documents are divided into two halves; the threshold on the scores of each half is the one that gives the
    highest balanced accuracy in the other half.
    """
    for corpus, measure in MEASURES.items():
        here = [(i, s) for i, s in zip(items, scores, strict=True) if i.corpus == corpus]
        half = [int(item.document, 16) % HALVES for item, _ in here]
        placed = list(zip(here, half, strict=True))
        limits = [_limit([pair for pair, h in placed if h != side]) for side in range(HALVES)]
        rows = [(item.supported, score >= limits[h]) for (item, score), h in placed]
        groups = {"length": lengths(item.text for item, _ in here)}
        documents = [item.document for item, _ in here]
        yield Result(measure, evidence(documents, rows, balanced_accuracy(2), groups))


def _limit(pairs: Sequence[tuple[CheckedSentence, float]]) -> float:
    if not pairs:
        return 0.5
    scores = [score for _, score in pairs]
    return best_threshold(scores, [item.supported for item, _ in pairs], balanced_accuracy(2))


def rivals(items: Sequence[CheckedSentence], gold: Gold) -> Iterator[Rival]:
    """Baselines: always supported; the share of the summary's words that the source text has as well."""
    for result in answered(items, [1.0] * len(items)):
        yield Rival("always borne out", "trivial", result)
    for result in answered(items, [_shared_words(item) for item in items]):
        yield Rival("share of words in the source", "other method", result)


def _shared_words(item: CheckedSentence) -> float:
    source, forms = frozenset(words(item.source)), list(words(item.text))
    return sum(form in source for form in forms) / max(1, len(forms))


SUPPORT = Exam("support", read, judge, rivals)
