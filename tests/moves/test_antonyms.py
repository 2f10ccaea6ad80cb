"""Words replaced by their direct antonyms, of which no scale of opposites has both."""

import csv
import itertools
from importlib import resources

import pytest

from reframing.documents.records import Article
from reframing.moves import polarity_moves
from reframing.moves.compare import compare

TURNED = [
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


def turned_and_found() -> int:
    """In how many of the sentences, each turned in both directions, the change is reported."""
    found = 0
    for sentence, *words in TURNED:
        for was, now in itertools.permutations(words):
            original, repost = (Article(word, sentence.format(word)) for word in (was, now))
            found += "polarity-flipped" in {move.move for move in compare(original, repost).moves}
    return found


def test_words_turned_into_their_antonyms_are_found_by_the_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_pairs = turned_and_found()
    monkeypatch.setattr(polarity_moves, "_paired_forms", dict)
    polarity_moves._poles.cache_clear()
    without = turned_and_found()
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
