"""Texts that say the same: they are whole, what is found in them is counted right, and copies show nothing."""

import csv
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reframing.coding.coded import Coded
from reframing.documents.params import read_params
from reframing.documents.records import Span
from validation.stages.retell import ALL, TABLE, Retold, pairs, seen, table

ROOT = Path(__file__).parents[2]


def test_every_text_has_its_original_and_says_how_it_was_written() -> None:
    found = [(original, article) for original, article, _ in pairs()]
    assert [article.kind for _, article in found].count("retold") == 70
    assert sum(len(a.body.split()) for _, a in found if a.kind == "retold") >= 12_000
    for original, article in found:
        assert original.event == article.event
        assert article.body != original.body


def test_listed_changes_lie_in_their_texts() -> None:
    for original, article, listed in pairs():
        for move in listed:
            for span, text in ((move.original, original.text), (move.repost, article.text)):
                assert span is None or span.of(text).strip()


def test_a_copy_shows_nothing_and_a_change_is_false_unless_a_reader_lists_it() -> None:
    params = read_params()
    original, article, _ = next(pairs())
    copy = replace(original, id=article.id, kind="retold", original=original.id)
    assert seen((original, copy, ()), params, "lexicon").found == ()
    body = original.body + " It was an outrageous, shameful disgrace."
    added = replace(copy, body=body)
    found = seen((original, added, ()), params, "lexicon")
    assert "sentence-added" in found.found
    assert found.false == found.found
    start = len(original.text) + 1
    listed = (Coded("sentence-added", None, Span(start, len(added.text))),)
    assert "sentence-added" not in seen((original, added, listed), params, "lexicon").false


def test_rates_are_means_over_events_with_the_interval_of_their_spread() -> None:
    texts = [
        Retold("retold", event, words, ("hedge-added",) * n, ("hedge-added",) * false)
        for event, words, n, false in (("a", 200, 2, 1), ("a", 300, 0, 0), ("b", 400, 1, 1), ("c", 500, 0, 0))
    ]  # fmt: skip
    whole, hedges = (list(row) for row in table(texts, 0.95))
    assert whole[:2] == ["retold", ALL]
    assert whole[2:7] == [4, 1400, 3, 1, 2]
    assert whole[2:] == hedges[2:]
    frame = pd.DataFrame(
        {"event": list("aabc"), "words": [200, 300, 400, 500], "false": [1, 0, 1, 0]}
    )
    by_event = frame.groupby("event").sum()
    rate = (1000 * by_event.false / by_event.words).mean()
    assert float(whole[7]) == pytest.approx(rate, abs=1e-4)
    assert 0 <= float(whole[8]) < rate < float(whole[9])
    # of few events it is wider above than below
    assert float(whole[9]) - rate > rate - float(whole[8])


def test_the_table_holds_what_its_kinds_add_up_to() -> None:
    with (ROOT / TABLE).open(encoding="utf8") as lines:
        rows = list(csv.DictReader(lines))
    for kind in ("retold", "polished"):
        of = [row for row in rows if row["kind"] == kind]
        (whole,) = (row for row in of if row["move"] == ALL)
        for column in ("found", "listed", "false"):
            assert int(whole[column]) == sum(int(r[column]) for r in of if r["move"] != ALL)
