"""Attributions in PolNeAR's development split: cues, sources, contents, and their links."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, permutations
from typing import NamedTuple

from reframing.readers.polnear import GoldAttribution, GoldDocument, read_polnear
from reframing.records import Article, Attribution, Sentence, Span
from reframing.segment.tokens import tokenize
from reframing.validation.errors import span_errors
from reframing.validation.evidence import Groups, Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import single
from reframing.validation.linking import as_attribution, link_counts, linked_counts
from reframing.validation.spans import Scores, exact_prf, overlap_prf, token_prf
from reframing.validation.statistics import f1, share
from reframing.validation.systems import System
from reframing.validation.word_counts import SAYING, occurrences, word_list

PARTS = {
    "attribution-cue": "cue",
    "attribution-source": "source",
    "content-exact": "content",
}
"""Measures whose errors are told by span, and the part of the attribution that they judge."""

_QUOTED = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"")


class Answer(NamedTuple):
    """One document with its gold and what was predicted for it."""

    document: GoldDocument
    predicted: tuple[Attribution, ...]


def read(gold: Gold) -> list[GoldDocument]:
    """The reported documents, each as the annotator read it who sorts first."""
    return list(read_polnear(gold.folder("polnear") / "data/dev", first_annotator_only=True))


def article_of(document: GoldDocument) -> Article:
    """The document as an article: its first line is the headline."""
    title, _, body = document.text.partition("\n")
    if title.strip() and body.strip():
        return Article(document.id, body, title)
    return Article(document.id, document.text)


def judge(items: Sequence[GoldDocument], system: System) -> Iterator[Result]:
    """A profile's attributions, whole and by section."""
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
    """Spans, linked attributions, and links, one row a document."""
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
    """Cues and sources by overlap, contents by token and, each part of one for itself, exactly."""
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
    """Nothing; listed verbs of saying with what stands in quotation marks; another annotator."""
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
    """Each annotator's reading of a text against each other's, for texts that several read.

    Of both splits, because dev alone has two such texts.
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
    """The distinct parts of all contents: a discontinuous content is several."""
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
    """Headline, lead and body of one text with the offsets that they reach over."""
    for section, run in groupby(sentences, key=lambda sentence: sentence.section):
        inside = list(run)
        yield section, inside[0].start, inside[-1].end


def _between(answer: Answer, start: int, end: int) -> Answer:
    """What lies in one stretch; a relation that reaches beyond it keeps its parts inside."""
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
