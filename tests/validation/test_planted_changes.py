"""Planted changes: one place differs, the marks say which, and the pair reads backwards too."""

import csv
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from random import Random

import pandas as pd
import pytest

from reframing.coding.coded import is_same
from reframing.documents.lexicon import inflected
from reframing.documents.records import Article, Move, Span
from reframing.moves.catalogue import catalogue
from reframing.moves.compare import Found, compare
from reframing.statistics.estimates import Resampling
from validation.exams.polnear import GoldAttribution
from validation.planted.benchmark import (
    NOTHING,
    UNLIKELY,
    FaithfulRow,
    FalseRow,
    PlantRow,
    by_form,
    confusion,
    faithful_table,
    judge_faithful,
    judge_plants,
    plant_all,
    slug_scores,
    table,
)
from validation.planted.faithful import REWRITES, rewritten
from validation.planted.forms import FORMS
from validation.planted.plants import (
    Change,
    Form,
    Material,
    changed,
    moved,
    planted,
    reversed_pair,
)
from validation.planted.words import article_for, column, continued, in_lexicons, lexicons
from validation.planted.words import table as words_table

TITLE = "Harbour board delays the dredging of Skarholm"
BODY = """\
The dredging of the harbour in Skarholm is delayed until the spring of next year.
The board of the port has published a report about 12 boats and a plan for the quay.
Engineer Ida Moss said that the northern wall was damaged by the storm.
The new lights will be put up in the autumn of this year.
The old crane was to be removed in April, the harbour office said.
The ferry called the Alke lies in the port because of the damage to its hull.
“We looked at the wall in March, and we were not surprised by what we found there,” said Jon Reit.
Noise was linked to fewer seals near Ostby, and the fishing fleet has left the bay.
They ignored the letter of the council after the meeting on Monday.
The tender was signed by the mayor. President Lund has praised the work.
According to the ministry, the price of the work rose in the last two years.
The cable was cut in the night and the lights are still off in the town.
A new pilot boat was purchased and it is to begin its service soon.
The fishing fleet has a plan for the winter and it is safe in the bay.
"""
QUOTED = "“We looked at the wall in March, and we were not surprised by what we found there,”"
TEXT = f"{TITLE}\n{BODY}"


def span(phrase: str) -> Span:
    start = TEXT.index(phrase)
    return Span(start, start + len(phrase))


def attribution(source: str, cue: str, content: str) -> GoldAttribution:
    said = span(content)
    at = TEXT.index(cue, max(0, said.start - 40))
    return GoldAttribution((span(source),), (Span(at, at + len(cue)),), (said,))


ATTRIBUTIONS = (
    attribution("Engineer Ida Moss", "said", "that the northern wall was damaged by the storm"),
    attribution("the harbour office", "said", "The old crane was to be removed in April"),
    attribution("Jon Reit", "said", QUOTED),
    attribution("the ministry", "According to", "the price of the work rose in the last two years"),
)  # fmt: skip
MATERIAL = Material(Article("harbour", BODY, TITLE), ATTRIBUTIONS, hedges=(), attributed=True)
HEDGED = Material(
    Article(
        "hedged",
        "The stones were probably cut by hand in the valley.\nThe roof may hold for years to come.\n",
    ),
    hedges=(Span(16, 24), Span(61, 64)),
)
BY_NAME = {form.name: form for form in FORMS}


def plants_of(form: Form) -> list[tuple[Material, object]]:
    return [
        (material, plant)
        for material in (MATERIAL, HEDGED)
        for plant in form.find(material, Random(7))
    ]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_form_changes_its_place_alone(form: Form) -> None:
    made = [planted(m, form.name, p, 0) for m, p in plants_of(form)]  # type: ignore[arg-type]
    assert made
    for pair in made:
        assert pair.original.text != pair.repost.text
        for expected in pair.expected:
            spans = ((expected.original, pair.original), (expected.repost, pair.repost))
            assert any(s is not None for s, _ in spans)
            for marked, article in spans:
                assert marked is None or 0 <= marked.start < marked.end <= len(article.text)


@pytest.mark.parametrize("form", [f for f in FORMS if f.reverses], ids=lambda form: form.name)
def test_reversed_pair_has_the_opposite_move(form: Form) -> None:
    material, plant = plants_of(form)[0]
    pair = planted(material, form.name, plant, 0)  # type: ignore[arg-type]
    back = reversed_pair(pair)
    assert (back.original, back.repost) == (pair.repost, pair.original)
    assert [e.move for e in back.expected] == [catalogue()[e.move].swapped for e in pair.expected]
    assert reversed_pair(back).expected == pair.expected


def test_same_seed_plants_the_same() -> None:
    first, again = (list(plant_all([MATERIAL, HEDGED], 3, seed=1)) for _ in range(2))
    assert first == again
    assert first != list(plant_all([MATERIAL, HEDGED], 3, seed=2))


def test_stretch_moves_with_what_changes_before_and_within_it() -> None:
    changes = [Change(Span(0, 2), "longer"), Change(Span(5, 5), "in"), Change(Span(8, 10), "")]
    assert moved(changes, Span(3, 4)) == Span(7, 8)
    assert moved(changes, Span(5, 5)) == Span(9, 11)
    assert moved(changes, Span(5, 7)) == Span(9, 13)
    assert moved(changes, Span(7, 12)) == Span(13, 16)


def test_title_takes_changes_too() -> None:
    article = Article("a", "Body.", "Old title")
    assert changed(article, [Change(Span(0, 3), "Newer")]) == Article("a", "Body.", "Newer title")


def test_cut_attribution_leaves_its_claim() -> None:
    texts = [
        planted(MATERIAL, "", plant, 0).repost.text
        for plant in BY_NAME["source and cue cut"].find(MATERIAL, Random(1))
    ]
    assert any("\nThe old crane was to be removed in April.\n" in text for text in texts)


@pytest.mark.parametrize(
    ("words", "inside"),
    [("The mayor left", "the mayor left"), ("I left", "I left"), ("Oslo sleeps", "Oslo sleeps")],
)
def test_sentence_goes_on_in_lower_case_unless_it_opens_with_a_name(
    words: str, inside: str
) -> None:
    assert continued(words) == inside


def test_indefinite_article_fits_the_word() -> None:
    assert [article_for(w) for w in ("odd", "bad", "unique", "ugly")] == ["an", "a", "a", "an"]


def likely(move: Move) -> bool:
    return move.score >= 0.5


def found_by(*moves: Move):  # type: ignore[no-untyped-def]
    reported = tuple(move for move in moves if likely(move))
    found = Found(replace(compare(Article("a", "A."), Article("b", "A.")), moves=reported), moves)
    return lambda texts: [found for _ in texts]


def test_found_plant_counts_once_and_everything_else_is_false() -> None:
    (pair,) = (
        planted(MATERIAL, "opposite", plant, 0)
        for plant in list(BY_NAME["opposite"].find(MATERIAL, Random(1)))[:1]
    )
    (expected,) = pair.expected
    hit = Move(expected.move, expected.original, expected.repost, (0,), (0,), 0.9, "")
    other = Move("hedge-added", None, Span(0, 3), (), (0,), 0.9, "")
    assert is_same(expected, hit)
    assert not is_same(expected, other)
    unlikely = replace(hit, score=0.4)
    rows, false = judge_plants([pair], found_by(hit, hit, other, unlikely))
    assert [row.found for row in rows] == [True]
    assert sorted(row.slug for row in false) == sorted([expected.move, "hedge-added"])
    for found, instead in (((), NOTHING), ((unlikely,), UNLIKELY), ((unlikely, other), other.move)):
        rows, false = judge_plants([pair], found_by(*found))
        assert [(row.found, row.instead) for row in rows] == [(False, instead)]
        assert [row.slug for row in false] == [other.move] * (other in found)


FAITHFUL_BODY = """\
On Monday the board met in the town hall of Skarholm for an hour.
The report was signed by the mayor in the morning of that day.
The council said that five people did not reach the center of the town.
The tender is open – for now – and 12 percent was paid, the harbour office said.
“We will see,” she said. The pilot boat was purchased in the spring of last year.
"""


def reported(source: str, content: str) -> GoldAttribution:
    at, said = FAITHFUL_BODY.index(source), FAITHFUL_BODY.index(content)
    cue = at + len(source) + 1
    return GoldAttribution(
        (Span(at, cue - 1),), (Span(cue, cue + 4),), (Span(said, said + len(content)),)
    )


FAITHFUL = Material(
    Article("faithful", FAITHFUL_BODY),
    (
        reported("The council", "that five people did not reach the center of the town"),
        reported("the harbour office", "The tender is open – for now – and 12 percent was paid"),
    ),
    attributed=True,
)


@pytest.mark.parametrize("name", REWRITES)
def test_faithful_rewrite_changes_few_words(name: str) -> None:
    made = rewritten(FAITHFUL, name)
    assert made is not None
    article, n_changes = made
    assert n_changes >= 1
    same = SequenceMatcher(None, FAITHFUL.text.split(), article.text.split()).ratio()
    assert 0.7 < same < 1


def test_a_move_at_another_place_is_no_hit() -> None:
    missed = PlantRow("a", "opposite", "polarity-flipped", True, False, "polarity-flipped")
    assert confusion([missed]) == [("polarity-flipped", "elsewhere", 1)]


def test_copies_are_judged_beside_rewrites() -> None:
    rows = judge_faithful([FAITHFUL], found_by())
    assert rows[0].rewrite == "verbatim"
    assert {row.n_words for row in rows} == {len(FAITHFUL.text.split())}


def test_scores_count_each_planted_and_each_false_move() -> None:
    rows = [
        PlantRow("a", "opposite", "polarity-flipped", True, True, "polarity-flipped"),
        PlantRow("b", "opposite", "polarity-flipped", True, False, "evaluation-shifted"),
    ]
    false = [FalseRow("b", "opposite", "evaluation-shifted", True)]
    found = slug_scores(rows, false, 0.95)
    scores = {s.slug: s for s in found if s.words == "all"}
    assert scores["polarity-flipped"].recall.value == 0.5
    assert scores["polarity-flipped"].precision.value == 1
    assert scores["evaluation-shifted"].precision.value == 0
    assert (scores["all"].planted, scores["all"].found) == (2, 2)
    assert confusion(rows) == [
        ("polarity-flipped", "evaluation-shifted", 1),
        ("polarity-flipped", "polarity-flipped", 1),
    ]
    assert by_form(rows, false) == [
        {
            "form": "opposite",
            "move": "polarity-flipped",
            "planted": {"in lexicons": 2},
            "found": {"in lexicons": 1},
            "false": {"evaluation-shifted": 1},
        }
    ]


def test_what_words_of_no_lexicon_give_is_told_apart() -> None:
    """The table by words, against a count by hand of what each pair was planted with."""
    plants = [
        *[(form, True, n < 9) for form in ("loaded adverb", "opposite") for n in range(10)],
        *[("opposite", False, n < 4) for n in range(10)],
        *[("not put in", None, n < 6) for n in range(8)],
    ]
    slugs = {"loaded adverb": "evaluation-added"}
    rows = [
        PlantRow(f"d{n}", form, slugs.get(form, "polarity-flipped"), known, found, "nothing")
        for n, (form, known, found) in enumerate(plants)
    ]
    false = [FalseRow("d25", "opposite", "evaluation-shifted", False)]
    scores = slug_scores(rows, false, 0.95)
    lines = list(csv.DictReader(table(scores).splitlines()))
    assert table(scores).splitlines()[0].startswith("move,words,planted,recall,")
    by_hand = pd.DataFrame(plants, columns=["form", "known", "found"])
    for words, known in (("in lexicons", True), ("in no lexicon", False)):
        of = by_hand[by_hand["known"].eq(known)]
        (line,) = [r for r in lines if (r["move"], r["words"]) == ("all", words)]
        assert int(line["planted"]) == len(of)
        assert float(line["recall"]) == pytest.approx(of["found"].mean(), abs=1e-4)
    flipped = {r["words"]: r for r in lines if r["move"] == "polarity-flipped"}
    assert {words: row["planted"] for words, row in flipped.items()} == {
        "all": "28",
        "in lexicons": "10",
        "in no lexicon": "10",
        "none": "8",
    }
    (line,) = [r for r in lines if (r["move"], r["words"]) == ("all", "in no lexicon")]
    assert float(line["precision"]) == 0.8


WORDED = {
    "antonyms.tsv": "opposite",
    "booster_frames.tsv": "frame",
    "causes.tsv": "cause",
    "cues.tsv": "cue",
    "hedge_frames.tsv": "frame",
    "loaded_adjectives.tsv": "adjective",
    "loaded_adverbs.tsv": "adverb",
    "shifts.tsv": "loaded",
    "vague_sources.tsv": "source",
}


@pytest.mark.parametrize(("name", "of"), WORDED.items())
def test_tables_hold_words_that_are_in_lexicons_and_words_that_are_in_none(
    name: str, of: str
) -> None:
    unknown = [words for words in dict.fromkeys(column(name, of)) if not in_lexicons(words)]
    known = [words for words in column(name, of) if in_lexicons(words)]
    assert len(unknown) >= 8
    assert len(known) >= 8
    listed = {
        form for lexicon in lexicons() for entry in lexicon.entries for form in inflected(entry)
    }
    for words in unknown:
        parts = words.lower().strip(",:").split()
        runs = {
            " ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)
        }
        assert not runs & listed


def test_each_table_row_stands_once() -> None:
    for name in WORDED:
        rows = [tuple(row.values()) for row in words_table(name)]
        assert len(rows) == len(set(rows)), name


def test_half_of_the_pairs_of_a_form_have_words_of_no_lexicon() -> None:
    many = [replace(MATERIAL, article=replace(MATERIAL.article, id=f"m{n}")) for n in range(8)]
    planted_pairs = [p for p in plant_all(many, 6, seed=4) if "reversed" not in p.form]
    for form in (
        "loaded adjective",
        "cue that distances",
        "opposite",
        "booster behind an auxiliary",
    ):
        of = Counter(pair.known for pair in planted_pairs if pair.form == form)
        assert of == {True: 3, False: 3}, form
    assert {p.known for p in planted_pairs if p.form in ("number changed", "sentence cut")} == {
        None
    }
    ids = [pair.id for pair in planted_pairs]
    assert len(ids) == len(set(ids))


def test_false_moves_are_given_by_1000_words_of_faithful_text() -> None:
    rows = [
        FaithfulRow("a", "verbatim", 500, 0, ()),
        FaithfulRow("a", "synonyms", 500, 2, ("hedge-added",)),
        FaithfulRow("b", "synonyms", 1500, 1, ()),
    ]
    verbatim, synonyms, whole = faithful_table(rows, Resampling(50, 0.95, 1))
    assert (verbatim["moves"], synonyms["moves"], whole["words"]) == (0, 1, 2000)
    assert synonyms["per_1000_words"] == whole["per_1000_words"] == 0.5
    assert synonyms["by_move"] == {"hedge-added": 1}
