"""Scores on gold that others annotated, from the mirror: each is the number that the README reports."""

import json
import os
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from reframing.constructs.boosting import find_boosters
from reframing.constructs.certainty import certainty
from reframing.constructs.hedging import UNCERTAINTY, find_hedges
from reframing.records import Span
from reframing.segment.tokens import tokenize
from reframing.validation.spans import token_prf

MIRROR = Path(
    os.environ.get("REFRAMING_MIRROR") or Path(__file__).resolve().parents[1] / "../shared/mirror"
)
SZEGED = "github.com/meyersbs/uncertainty/*/uncertainty/corpora/old/wiki.xml"
CERTAINTY = "github.com/Jiaxin-Pei/*/*/data/annotated_data/sentence-level-certainty.jsonl"

pytestmark = pytest.mark.mirror


def gold_file(pattern: str) -> str:
    found = sorted(MIRROR.glob(pattern))
    if not found:
        pytest.skip(f"no mirror of {pattern}")
    return found[0].read_text(encoding="utf8")


def marked(sentence: str) -> tuple[str, list[Span]]:
    """The text of a sentence of the Szeged corpus, and the spans of its `ccue` elements."""
    text, cues, opened, at = "", [], 0, 0
    for tag in re.finditer(r"<[^>]+>", sentence):
        text += unescape(sentence[at : tag.start()])
        at = tag.end()
        if tag.group().startswith("<ccue"):
            opened = len(text)
        elif tag.group() == "</ccue>":
            cues.append(Span(opened, len(text)))
    return text + unescape(sentence[at:]), cues


def test_hedges_on_the_odd_documents_of_the_szeged_wikipedia_corpus_keep_their_floor() -> None:
    """Token F1 .70; documents at even places were developed on. The gold marks uncertainty alone."""
    documents = re.findall(r"<Document type.*?</Document>", gold_file(SZEGED), re.DOTALL)
    sentences = [
        marked(sentence)
        for document in documents[1::2]
        for sentence in re.findall(r"<Sentence[^>]*>(.*?)</Sentence>", document, re.DOTALL)
    ]
    texts = [tokenize(text) for text, _ in sentences]
    found = [[h.span for h in find_hedges(t) if h.category in UNCERTAINTY] for t in texts]
    tokens = [[Span(*span) for span in zip(t.starts, t.ends, strict=True)] for t in texts]
    scores = token_prf([cues for _, cues in sentences], found, tokens)
    assert scores.f1 == pytest.approx(0.705, abs=0.01)


def test_certainty_on_the_test_split_keeps_its_floor() -> None:
    """Pearson r .63 with the mean judgement of Pei & Jurgens (2021); a count of hedges has .51."""
    rows = [json.loads(line) for line in gold_file(CERTAINTY).splitlines()]
    held_out = [row for row in rows if row["split"] == "test"]
    judged = [row["sentence-level-certainty"] for row in held_out]
    texts = [tokenize(row["finding"]) for row in held_out]
    hedges = [find_hedges(text) for text in texts]
    scored = [
        certainty(text.n_words, found, find_boosters(text))
        for text, found in zip(texts, hedges, strict=True)
    ]
    r = np.corrcoef(judged, scored)[0, 1]
    assert r == pytest.approx(0.627, abs=0.01)
    assert r > -np.corrcoef(judged, [len(found) for found in hedges])[0, 1]
