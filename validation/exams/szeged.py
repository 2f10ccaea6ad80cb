"""Hedge cues in the Wikipedia part of the Szeged uncertainty corpus: F1 over tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from reframing.documents.errors import InputError
from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Span
from reframing.documents.tokens import tokenize
from validation.exam import HEDGES as HYLAND
from validation.exam import (
    Exam,
    Gold,
    Rival,
    System,
    lengths,
    occurrences,
    single,
    whole_text,
    word_list,
)
from validation.scores import Result, evidence, f1, span_errors, token_prf

# Reader: Wikipedia sentences with hedge cues (Vincze et al. 2008; Szarvas et al. 2012).

FILE = Path("uncertainty/corpora/old/wiki.xml")


@dataclass(frozen=True, slots=True)
class HedgedSentence:
    """A sentence with its cues of semantic uncertainty.

    `types` has the type of each cue: `probable` (modal), `doxastic`, `condition` or `investigation`.
    """

    id: str
    document: str
    part: Literal["Title", "Text"]
    text: str
    cues: tuple[Span, ...]
    types: tuple[str, ...]


def read_szeged(folder: Path) -> Iterator[HedgedSentence]:
    """Every sentence, titles included; `document` is the corpus's own id of the article.

    Raises `InputError` if the file is missing or not XML, or a document lacks its id.
    """
    path = folder / FILE
    try:
        root = ElementTree.fromstring(whole_text(path).encode("utf8"))
    except ElementTree.ParseError as error:
        raise InputError(f"is not XML: {error}; fetch it again", str(path)) from error
    for number, document in enumerate(root.iter("Document"), 1):
        id = document.findtext("DocID")
        if not id:
            raise InputError("is missing", str(path), number, "DocID")
        place = 0
        for part in document.iter("DocumentPart"):
            for element in part.iter("Sentence"):
                place += 1
                yield _sentence(f"{id}#{place}", id, part.get("type", ""), element)


def _sentence(id: str, document: str, part: str, element: ElementTree.Element) -> HedgedSentence:
    text, cues, types = element.text or "", [], []
    for cue in element:
        marked = "".join(cue.itertext())
        if cue.tag == "ccue" and marked:
            cues.append(Span(len(text), len(text) + len(marked)))
            types.append(cue.get("type", "").strip("_ ").rpartition("_")[2])
        text += marked + (cue.tail or "")
    where: Literal["Title", "Text"] = "Title" if part == "Title" else "Text"
    return HedgedSentence(id, document, where, text, tuple(cues), tuple(types))


# The exam.


def read(gold: Gold) -> list[HedgedSentence]:
    """The sentences of the `test` part, titles included, without blank ones."""
    return [s for s in gold.part("szeged", read_szeged) if s.text.strip()]


def judge(items: Sequence[HedgedSentence], system: System) -> Iterator[Result]:
    """Score a profile's hedges."""
    found = [
        [hedge.span for hedge in annotation.hedges]
        for annotation in system.read(item.text for item in items)
    ]
    yield marked(items, found)


def marked(items: Sequence[HedgedSentence], predicted: Sequence[Sequence[Span]]) -> Result:
    """F1 over tokens in gold and predicted cues, one row of counts per sentence."""
    rows = []
    for item, spans in zip(items, predicted, strict=True):
        tokens = tokenize(item.text)
        places = [Span(*place) for place in zip(tokens.starts, tokens.ends, strict=True)]
        scores = token_prf([item.cues], [spans], [places])
        rows.append((scores.n_matched, scores.n_gold, scores.n_predicted))
    groups = {
        "length": lengths(item.text for item in items),
        "section": single([item.part.lower() for item in items]),
    }
    errors = span_errors([item.cues for item in items], predicted)
    found = evidence([item.document for item in items], rows, f1, groups)
    return Result("hedge-cues", found, errors=errors)


def rivals(items: Sequence[HedgedSentence], gold: Gold) -> Iterator[Rival]:
    """Baselines: no cue; Hyland's list; the project's own hedge lexicon without its context rules."""
    yield Rival("no token marked", "trivial", marked(items, [()] * len(items)))
    listed = word_list(gold, HYLAND)
    hyland = [list(occurrences(item.text, listed)) for item in items]
    yield Rival("list of Hyland (2005)", "word list", marked(items, hyland))
    yield Rival("lexicon without context", "word list", marked(items, [_matched(i) for i in items]))


def _matched(item: HedgedSentence) -> list[Span]:
    tokens = tokenize(item.text)
    return [
        tokens.span(first, end) for first, end, _ in load_lexicon("measures/hedges").match(tokens)
    ]


HEDGES = Exam("hedges", read, judge, rivals)
