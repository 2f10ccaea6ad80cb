"""Words that turn a statement round: denials of another word by their prefix, and antonyms of WordNet."""

import csv
import itertools
from collections.abc import Iterable
from importlib import resources

import pytest

from reframing.documents.records import Article
from reframing.moves import polarity_moves
from reframing.moves.compare import compare
from reframing.moves.polarity_moves import denied_by


@pytest.mark.parametrize(
    ("word", "denied"),
    [
        ("dishonestly", "honestly"),
        ("irreversible", "reversible"),
        ("disapproved", "approved"),
        ("unharvested", "harvested"),
        ("unsinkable", "sinkable"),
        ("un-european", "european"),
        ("non-sailors", "sailors"),
        ("nonfarm", "farm"),
        ("unwillingness", "willingness"),
        ("unfavourable", "favourable"),
    ],
)
def test_a_word_denies_what_is_left_without_its_prefix(word: str, denied: str) -> None:
    assert denied_by(word) == (denied,)


@pytest.mark.parametrize(
    "word",
    """installed invested dispatched imposing unions unities imparted discounted impaled incited
    inmates informed disguised disposed implanted insight underlay dismantled impounded intended""".split(),
)
def test_letters_like_those_of_a_prefix_deny_nothing(word: str) -> None:
    assert denied_by(word) == ()


def test_every_row_is_a_prefix_and_a_word() -> None:
    table = (resources.files("reframing") / "moves/denials.tsv").read_text(encoding="utf8")
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t"))
    assert len(rows) > 2000
    for row in rows:
        base = row["entry"].removeprefix(row["category"]).removeprefix("-")
        assert row["category"] in ("un", "in", "im", "il", "ir", "dis", "mis", "non")
        assert base != row["entry"]
        assert len(base) > 2
        assert base in denied_by(row["entry"])


TURNED = [
    ("The ministry said the bridge was {} for heavy vehicles.", "safe", "unsafe"),
    ("Judges ruled that the eviction was {} and ordered the council to pay.", "legal", "illegal"),
    (
        "Doctors consider the treatment {} in older patients with diabetes.",
        "effective",
        "ineffective",
    ),
    ("The committee {} the merger of the two banks on Monday.", "approved", "disapproved"),
    ("The union leader was {} with the offer that the company made.", "satisfied", "dissatisfied"),
    ("Officials described the inspection records as {}.", "complete", "incomplete"),
    ("The patient was {} and the hospital moved him to another ward.", "stable", "unstable"),
    ("Researchers found that the additive is {} to bees in the spring.", "harmful", "harmless"),
    ("The company was {} for the leak, the regulator found.", "responsible", "not responsible"),
    ("The evidence was {} to charge the former treasurer.", "sufficient", "insufficient"),
    ("Voters were {} to accept the plan in the autumn, pollsters said.", "likely", "unlikely"),
    ("The water from the village well is {}, tests showed.", "drinkable", "undrinkable"),
]


REPLACED = [
    (
        "The lawyer called the evidence against the mayor {} and sent it to the court.",
        "tight",
        "loose",
    ),
    ("Auditors described the accounts of the hospital trust as {}.", "deep", "shallow"),
    ("The inspector found that the walls of the tunnel were {} in the spring.", "wet", "dry"),
    ("The coach said that the {} of the team surprised the whole town.", "victory", "defeat"),
    ("The minister {} the fears of farmers about the new tax.", "soothed", "irritated"),
    (
        "The judge said the driver had acted {} before the crash on the bridge.",
        "wisely",
        "foolishly",
    ),
    (
        "Scientists say the ice in the northern bay will {} in the coming decade.",
        "expand",
        "contract",
    ),
]
"""Sentences with two antonyms of which no scale of opposites has both."""


def turned_and_found(sentences: Iterable[tuple[str, str, str]]) -> int:
    """In how many of the sentences, each turned in both directions, the change is reported."""
    found = 0
    for sentence, *words in sentences:
        for was, now in itertools.permutations(words):
            original, repost = (Article(word, sentence.format(word)) for word in (was, now))
            found += "polarity-flipped" in {move.move for move in compare(original, repost).moves}
    return found


def test_most_words_turned_into_what_they_deny_are_reported_and_few_without_prefixes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert turned_and_found(TURNED) >= 20
    monkeypatch.setattr(polarity_moves, "denied_by", lambda form: ())
    assert turned_and_found(TURNED) <= 10


def test_words_turned_into_their_antonyms_are_found_by_the_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_pairs = turned_and_found(REPLACED)
    monkeypatch.setattr(polarity_moves, "_paired_forms", dict)
    polarity_moves._poles.cache_clear()
    without = turned_and_found(REPLACED)
    polarity_moves._poles.cache_clear()
    assert with_pairs >= 10
    assert without <= 3


def test_every_pair_has_two_words_on_a_scale_of_its_own() -> None:
    table = (resources.files("reframing") / "moves/antonyms.tsv").read_text(encoding="utf8")
    ends: dict[tuple[str, str], set[str]] = {}
    for row in csv.DictReader(table.splitlines(), delimiter="\t"):
        scale, _, pole = row["category"].rpartition("-")
        ends.setdefault((scale, row["inflects"]), set()).add(f"{row['entry']} {pole}")
    assert len(ends) > 1000
    for (scale, _), words in ends.items():
        first, second = scale.split(" ")
        assert words == {f"{first} for", f"{second} against"}
