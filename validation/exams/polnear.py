"""Attributions in the development split of PolNeAR: sources, cues, contents, and their links."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, permutations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reframing.coding.brat import Event, Standoff, parse_brat
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Attribution, Sentence, Span, covering
from reframing.documents.tokens import tokenize
from validation.exam import SAYING, Exam, Gold, Rival, System, occurrences, single, word_list
from validation.scores import (
    Groups,
    Result,
    Scores,
    evidence,
    exact_prf,
    f1,
    overlap_prf,
    share,
    span_errors,
    token_prf,
)

# Reader: news with gold attributions (Newell, Margolin & Ruths 2018).


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One annotated attribution; a part with several spans is discontinuous.

    `source` and `cue` are empty if the annotator marked none.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One text with the attributions of one annotator; some texts have several annotators."""

    id: str
    annotator: str
    text: str
    attributions: tuple[GoldAttribution, ...]

    def spans(self, part: str) -> list[Span]:
        """Distinct covering spans of one part (`source`, `cue`, `content`), sorted by start.

        A source shared by several attributions counts once.
        """
        parts = (getattr(attribution, part) for attribution in self.attributions)
        return sorted({covering(spans) for spans in parts if spans})


def read_polnear(folder: Path, first_annotator_only: bool = False) -> Iterator[GoldDocument]:
    """Documents of one split, sorted by id and annotator; `folder` contains `text/` and `attributions/`.

    With `first_annotator_only`, each text appears once, with the annotator who sorts first. Raises
    `InputError` if a folder or text is missing or an annotation does not fit its text.
    """
    files = sorted((folder / "attributions").glob("*.ann"))
    if not files:
        raise InputError("holds no attributions/*.ann; expected a split of PolNeAR", str(folder))
    previous = None
    for file in files:
        id, _, annotator = file.stem.rpartition("_")
        if first_annotator_only and id == previous:
            continue
        previous = id
        text = _read(folder / "text" / f"{id}.txt")
        standoff = parse_brat(_read(file), text, str(file))
        yield GoldDocument(id, annotator, text, attributions(standoff))


def attributions(standoff: Standoff) -> tuple[GoldAttribution, ...]:
    """The attributions among the annotated events that have a cue or content, sorted by its start."""
    events = (e for e in standoff.events if e.label.startswith("Attribution"))
    found = [_attribution(standoff, event) for event in events]
    whole = [gold for gold in found if gold.cue or gold.content]
    return tuple(sorted(whole, key=lambda gold: (gold.cue or gold.content, gold.content)))


def _attribution(standoff: Standoff, event: Event) -> GoldAttribution:
    by_id = standoff.by_id()
    parts: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for role, id in event.arguments:
        parts[role.rstrip("0123456789")].extend(by_id[id].parts)
    source, cue, content = (tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content"))
    return GoldAttribution(source, cue, content)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf8")
    except FileNotFoundError:
        raise InputError("is missing", str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", str(path)) from None


# Linked attributions: whether source, cue and content are assigned to one relation, as in the gold.


def linked_counts(
    gold: Sequence[GoldAttribution], predicted: Sequence[Attribution]
) -> tuple[int, int, int]:
    """(matched, gold, predicted): numbers of attributions of one document, matched one to one.

    Two attributions match if their cues overlap or are both absent, their sources likewise, and some of
    their content spans overlap. The matching is a maximum one.
    """
    agree = [[_same_relation(g, p) for p in predicted] for g in gold]
    return len(largest_matching(agree)), len(gold), len(predicted)


def link_counts(
    gold: Sequence[GoldAttribution], predicted: Sequence[Attribution]
) -> tuple[int, int, int]:
    """(right source, right content, all) among attributions whose cues overlap, matched one to one."""
    agree = [[bool(g.cue) and overlapping(g.cue, _parts(p.cue)) for p in predicted] for g in gold]
    pairs = [(gold[i], predicted[j]) for i, j in largest_matching(agree)]
    sources = sum(_same_part(g.source, _parts(p.source)) for g, p in pairs)
    contents = sum(_same_part(g.content, p.content) for g, p in pairs)
    return sources, contents, len(pairs)


def largest_matching(agree: Sequence[Sequence[bool]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of a maximum one-to-one matching, given which rows and columns agree."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    if not agree or not agree[0]:
        return []
    graph = csr_matrix(np.array(agree, np.int8))
    columns = maximum_bipartite_matching(graph, perm_type="column")
    return [(row, int(column)) for row, column in enumerate(columns) if column >= 0]


def overlapping(a: Sequence[Span], b: Sequence[Span]) -> bool:
    """Whether some span of `a` overlaps some span of `b`."""
    return any(one.overlaps(other) for one in a for other in b)


def as_attribution(gold: GoldAttribution) -> Attribution:
    """A gold attribution in the form of a predicted one, to score one annotator against another."""
    source, cue = (covering(part) if part else None for part in (gold.source, gold.cue))
    return Attribution(source, cue, gold.content, "indirect", "neutral", "none")


def _same_relation(gold: GoldAttribution, predicted: Attribution) -> bool:
    return (
        _same_part(gold.cue, _parts(predicted.cue))
        and _same_part(gold.source, _parts(predicted.source))
        and overlapping(gold.content, predicted.content)
    )


def _same_part(gold: Sequence[Span], predicted: Sequence[Span]) -> bool:
    return overlapping(gold, predicted) or not (gold or predicted)


def _parts(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


# The exam.

PARTS = {
    "attribution-cue": "cue",
    "attribution-source": "source",
    "content-exact": "content",
}
"""Measures whose errors are counted by span, and the part of the attribution that they score."""

_QUOTED = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"")


class Answer(NamedTuple):
    """A gold document and the attributions predicted for it."""

    document: GoldDocument
    predicted: tuple[Attribution, ...]


def read(gold: Gold) -> list[GoldDocument]:
    """The reported documents, each with the annotations of the annotator who sorts first."""
    return list(read_polnear(gold.folder("polnear") / "data/dev", first_annotator_only=True))


def article_of(document: GoldDocument) -> Article:
    """The document as an article: its first line is the headline, if text follows."""
    title, _, body = document.text.partition("\n")
    if title.strip() and body.strip():
        return Article(document.id, body, title)
    return Article(document.id, document.text)


def judge(items: Sequence[GoldDocument], system: System) -> Iterator[Result]:
    """Score a profile's attributions, in entire documents and by section."""
    annotations = list(system.annotate(map(article_of, items)))
    answers = [Answer(i, a.attributions) for i, a in zip(items, annotations, strict=True)]
    yield from all_results(answers)
    parted = [
        (_between(answer, start, end), section)
        for answer, annotation in zip(answers, annotations, strict=True)
        for section, start, end in _sections(annotation.sentences)
    ]
    groups = {"section": single([section for _, section in parted])}
    for result in span_results([answer for answer, _ in parted], groups):
        yield result._replace(whole=False)


def all_results(answers: Sequence[Answer]) -> Iterator[Result]:
    """Scores of spans, of linked attributions, and of links, one row of counts per document."""
    groups = {"outlet": single([answer.document.id.split("_")[0] for answer in answers])}
    yield from span_results(answers, groups)
    documents = [answer.document.id for answer in answers]
    linked = [linked_counts(a.document.attributions, a.predicted) for a in answers]
    yield Result("attribution-linked", evidence(documents, linked, f1, groups))
    links = [link_counts(a.document.attributions, a.predicted) for a in answers]
    for place, part in enumerate(("source", "content")):
        rows = [(counts[place], counts[2]) for counts in links]
        yield Result(f"{part}-link", evidence(documents, rows, share, groups))


def span_results(answers: Sequence[Answer], groups: Groups) -> Iterator[Result]:
    """F1 of cues and sources by overlap, of contents by token, and of single content spans by exact match."""
    rules: tuple[tuple[str, Callable[[Answer], Scores]], ...] = (
        ("attribution-cue", lambda a: _overlap(a, "cue")),
        ("attribution-source", lambda a: _overlap(a, "source")),
        ("content-token", _content_tokens),
        ("content-exact", lambda a: exact_prf([_marked(a)], [_contents(a)])),
    )
    documents = [answer.document.id for answer in answers]
    for measure, rule in rules:
        rows = [(s.n_matched, s.n_gold, s.n_predicted) for s in map(rule, answers)]
        errors = _errors(answers, PARTS[measure]) if measure in PARTS else {}
        yield Result(measure, evidence(documents, rows, f1, groups), errors=errors)


def rivals(items: Sequence[GoldDocument], gold: Gold) -> Iterator[Rival]:
    """Baselines: nothing; listed reporting verbs and text in quotation marks; another annotator."""
    for result in all_results([Answer(item, ()) for item in items]):
        if not result.measure.endswith("-link"):
            yield Rival("nothing attributed", "trivial", result)
    listed = word_list(gold, SAYING)
    naive = [Answer(item, _by_list(item.text, listed)) for item in items]
    for result in span_results(naive, {}):
        if result.measure != "attribution-source":
            yield Rival("verbs of saying, quotation marks", "word list", result)
    for result in all_results(list(second_annotators(gold))):
        yield Rival("another annotator", "people", result)


def second_annotators(gold: Gold) -> Iterator[Answer]:
    """The attributions of each annotator against those of each other, for texts with several annotators.

    From both splits, because dev has only two such texts.
    """
    for part in ("train", "dev"):
        readings: dict[str, list[GoldDocument]] = defaultdict(list)
        for document in read_polnear(gold.folder("polnear") / "data" / part):
            readings[document.id].append(document)
        for documents in readings.values():
            for one, other in permutations(documents, 2):
                yield Answer(one, tuple(map(as_attribution, other.attributions)))


def _errors(answers: Sequence[Answer], part: str) -> dict[str, int]:
    if part == "content":
        return span_errors(map(_marked, answers), map(_contents, answers))
    return span_errors(
        [answer.document.spans(part) for answer in answers],
        [_distinct(answer, part) for answer in answers],
    )


def _overlap(answer: Answer, part: str) -> Scores:
    return overlap_prf([answer.document.spans(part)], [_distinct(answer, part)])


def _distinct(answer: Answer, part: str) -> list[Span]:
    return sorted({getattr(found, part) for found in answer.predicted} - {None})


def _contents(answer: Answer) -> list[Span]:
    return sorted({span for found in answer.predicted for span in found.content})


def _marked(answer: Answer) -> list[Span]:
    """The distinct spans of all contents: a discontinuous content counts as several."""
    return sorted({span for gold in answer.document.attributions for span in gold.content})


def _content_tokens(answer: Answer) -> Scores:
    tokens = tokenize(answer.document.text)
    places = [Span(*place) for place in zip(tokens.starts, tokens.ends, strict=True)]
    return token_prf([_marked(answer)], [_contents(answer)], [places])


def _by_list(text: str, listed: frozenset[str]) -> tuple[Attribution, ...]:
    cues: list[tuple[Span | None, tuple[Span, ...]]] = [(c, ()) for c in occurrences(text, listed)]
    cues += [(None, (Span(*match.span()),)) for match in _QUOTED.finditer(text)]
    return tuple(Attribution(None, *parts, "indirect", "neutral", "none") for parts in cues)


def _sections(sentences: Sequence[Sentence]) -> Iterator[tuple[str, int, int]]:
    """Headline, lead and body of a text, each with its start and end offset."""
    for section, run in groupby(sentences, key=lambda sentence: sentence.section):
        inside = list(run)
        yield section, inside[0].start, inside[-1].end


def _between(answer: Answer, start: int, end: int) -> Answer:
    """The answer limited to parts that start in [start, end); attributions keep their parts inside."""
    document = replace(
        answer.document,
        attributions=tuple(
            GoldAttribution(*(_clipped(part, start, end) for part in (g.source, g.cue, g.content)))
            for g in answer.document.attributions
        ),
    )
    predicted = tuple(
        p._replace(
            source=_inside(p.source, start, end),
            cue=_inside(p.cue, start, end),
            content=_clipped(p.content, start, end),
        )
        for p in answer.predicted
    )
    return Answer(document, predicted)


def _clipped(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    return tuple(span for span in spans if start <= span.start < end)


def _inside(span: Span | None, start: int, end: int) -> Span | None:
    return span if span is not None and start <= span.start < end else None


ATTRIBUTION = Exam("attribution", read, judge, rivals)
