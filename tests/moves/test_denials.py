"""Words that deny another by their prefix, and prefixes that only look like it."""

import csv
from importlib import resources

import pytest

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
