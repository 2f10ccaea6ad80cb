"""Attributions put together from marked spans: which cue a content belongs to across sentences."""

import numpy as np

from reframing.documents.document import Document
from reframing.documents.records import Article, Span
from reframing.measures.attribution.by_network import PLACES, assemble
from reframing.measures.attribution.layout import reading_of
from reframing.networks.tagger import LabelledSpan, SentenceReading

TEXT = 'Rowers said the pier would shut. "It is too old. It leaks in every storm," Lena Orr said.'
MARKED = (
    (("source", "Rowers", 0), ("cue", "said", 0), ("content", "the pier would shut", 0)),
    (("content", '"It is too old.', "later"),),
    (
        ("content", 'It leaks in every storm,"', "earlier"),
        ("source", "Lena Orr", 0),
        ("cue", "said", -1),
    ),
)
"""By sentence: what a network marks, with the place where its source or its cue stands."""


def test_a_quotation_that_runs_on_belongs_to_the_cue_behind_it() -> None:
    document = Document(Article("pier", TEXT))
    found = assemble(reading_of(document), [*map(read, document.sentences, MARKED)])
    assert [
        (a.source and a.source.of(TEXT), [part.of(TEXT) for part in a.content]) for a in found
    ] == [
        ("Rowers", ["the pier would shut"]),
        ("Lena Orr", ['"It is too old. It leaks in every storm,"']),
    ]


def test_cues_of_adjacent_words_are_one() -> None:
    text = "According to Lena Orr, the pier would shut."
    document = Document(Article("pier", text))
    marked = (
        ("cue", "According", "none"),
        ("cue", "to", 0),
        ("source", "Lena Orr,", 0),
        ("content", "the pier would shut.", -1),
    )
    (found,) = assemble(reading_of(document), [read(document.sentences[0], marked, text)])
    assert found.cue is not None
    assert found.cue.of(text) == "According to"


def read(sentence, marked, text=TEXT) -> SentenceReading:
    """The reading of a sentence in which a network marks these spans."""
    said = sentence.span.of(text)
    starts = [sentence.start + i for i in range(len(said)) if i == 0 or said[i - 1] == " "]
    links = np.zeros((len(starts), len(PLACES)), np.float32)
    spans = []
    for kind, words, place in marked:
        at = sentence.start + (said.rindex(words) if kind == "cue" else said.index(words))
        first = starts.index(at)
        end = first + len(words.split())
        links[first:end, PLACES.index(place)] = 1
        runs_on = kind == "content" and place == "earlier"
        spans.append(LabelledSpan(Span(at, at + len(words)), kind, first, end, runs_on))
    spans.sort(key=lambda span: span.first)
    return SentenceReading(
        {"attribution": tuple(spans)},
        {"source_link": links, "cue_link": links},
        {},
        np.array(starts),
    )
