"""Counts of moves in units by several readers: the table, what is agreed, and how far they agree."""

import math

import pytest

from reframing.coding.counting import (
    ALL,
    SETTLED,
    agreed,
    agreement_of,
    count_rows,
    counted_in_units,
    read_count_table,
)
from reframing.coding.tsv import tsv_bytes
from reframing.documents.errors import InputError
from reframing.moves.catalogue import catalogue

HEDGE, BOOSTER, QUOTE = "hedge-dropped", "booster-added", "quote-altered"
TWO = {
    "anna": {"u1": {HEDGE: 2}, "u2": {}, "u3": {HEDGE: 1, QUOTE: 3}},
    "ben": {"u1": {HEDGE: 1, BOOSTER: 1}, "u2": {}, "u3": {}},
}


def table(tmp_path, *rows):
    path = tmp_path / "counts.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf8")
    return path


def finds(readings):
    """Readings without the counts that are 0."""
    return {
        reader: {number: {slug: n for slug, n in of.items() if n} for number, of in units.items()}
        for reader, units in readings.items()
    }


# The table.


def test_counts_are_read_as_they_were_written(tmp_path):
    (tmp_path / "counts.tsv").write_bytes(tsv_bytes(count_rows(TWO)))
    assert finds(read_count_table(tmp_path / "counts.tsv")) == TWO


def test_a_unit_without_a_find_has_one_row_without_a_move(tmp_path):
    (tmp_path / "counts.tsv").write_bytes(tsv_bytes(count_rows(TWO)))
    assert (tmp_path / "counts.tsv").read_text("utf8").splitlines() == [
        "number\tmove\tanna\tben",
        f"u1\t{BOOSTER}\t0\t1",
        f"u1\t{HEDGE}\t2\t1",
        "u2\t\t0\t0",
        f"u3\t{HEDGE}\t1\t0",
        f"u3\t{QUOTE}\t3\t0",
    ]


def test_moves_that_were_counted_as_none_make_no_row(tmp_path):
    (tmp_path / "counts.tsv").write_bytes(tsv_bytes(count_rows({"anna": {"u1": {HEDGE: 0}}})))
    assert (tmp_path / "counts.tsv").read_text("utf8") == "number\tmove\tanna\nu1\t\t0\n"


@pytest.mark.parametrize("lacks", ["anna", "ben"])
def test_a_unit_that_one_reader_lacks_is_refused_and_nothing_is_written(tmp_path, lacks):
    readings = {reader: dict(of) for reader, of in TWO.items()}
    del readings[lacks]["u2"]
    with pytest.raises(InputError, match="was not read") as refused:
        (tmp_path / "counts.tsv").write_bytes(tsv_bytes(count_rows(readings)))
    error = refused.value
    assert (error.file, error.record, error.field) == (lacks, "u2", "number")
    assert not (tmp_path / "counts.tsv").exists()


def test_a_table_without_a_reader_is_refused(tmp_path):
    path = table(tmp_path, ("number", "move"), ("u1", HEDGE))
    with pytest.raises(InputError, match="one for each reader") as refused:
        read_count_table(path)
    assert refused.value.file == str(path)


@pytest.mark.parametrize("lacks", ["number", "move"])
def test_a_table_without_one_of_its_columns_is_refused(tmp_path, lacks):
    rows = [{"number": "number", "move": "move", "anna": "anna"}]
    rows.append({"number": "u1", "move": HEDGE, "anna": "1"})
    path = table(tmp_path, *([v for key, v in row.items() if key != lacks] for row in rows))
    with pytest.raises(InputError, match="column is missing"):
        read_count_table(path)


def test_a_move_that_is_counted_twice_in_a_unit_is_refused(tmp_path):
    row = ("u1", HEDGE, "1")
    with pytest.raises(InputError, match="twice"):
        read_count_table(table(tmp_path, ("number", "move", "anna"), row, row))


def test_a_row_without_a_number_is_refused(tmp_path):
    with pytest.raises(InputError) as refused:
        read_count_table(table(tmp_path, ("number", "move", "anna"), ("", HEDGE, "1")))
    assert refused.value.field == "number"


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        (("u2", "hedge-lost", "1", "1"), "move", "hedge-lost is no move"),
        (("u2", HEDGE, "1", "1.5"), "ben", "must be a count, not '1.5'"),
        (("u2", HEDGE, "-1", "1"), "anna", "must be a count, not '-1'"),
        (("u2", HEDGE, "1", "²"), "ben", "must be a count, not '²'"),
        (("u2", HEDGE, "", "1"), "anna", "must be a count, not ''"),
        (("u2", HEDGE, "1", "9" * 5000), "ben", "must be a count"),
        (("u2", HEDGE, "1"), None, "has 3 cells, the heading 4"),
        (("u2", HEDGE, "1", "1", "1"), None, "has 5 cells, the heading 4"),
        (("u2", "", "1", "0"), "anna", "counts no move"),
        (("u1", "", "0", "0"), "move", "u1 has moves, and none"),
    ],
)
def test_a_row_that_is_no_count_is_named_by_line_and_field(tmp_path, row, field, problem):
    path = table(tmp_path, ("number", "move", "anna", "ben"), ("u1", HEDGE, "1", "0"), row)
    with pytest.raises(InputError, match=problem) as refused:
        read_count_table(path)
    error = refused.value
    assert (error.file, error.record, error.field) == (str(path), 3, field)


def test_a_table_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.tsv: there is no such file"):
        read_count_table(tmp_path / "none.tsv")
    (tmp_path / "counts.tsv").write_bytes(b"number\xff\n")
    with pytest.raises(InputError, match=r"counts\.tsv: is not UTF-8"):
        read_count_table(tmp_path / "counts.tsv")


# What is agreed.


def test_what_was_settled_wins():
    settled = {"u1": {HEDGE: 2}, "u2": {QUOTE: 1}, "u3": {}}
    assert agreed({**TWO, SETTLED: settled}) == settled
    assert agreed({SETTLED: settled, **TWO}) == settled


def test_otherwise_the_mean_of_the_readers_counts():
    assert agreed(TWO) == {
        "u1": {HEDGE: 1.5, BOOSTER: 0.5},
        "u2": {},
        "u3": {HEDGE: 0.5, QUOTE: 1.5},
    }


# How far readers agree.


def nominal_alpha(pairs):
    """Krippendorff's α of two readers: 1 less observed by expected disagreement of all their values."""
    values = [value for pair in pairs for value in pair]
    n, seen = len(values), sum(values)
    observed = sum(a != b for a, b in pairs) / len(pairs)
    return 1 - observed / (2 * seen * (n - seen) / (n * (n - 1)))


SEEN = {
    HEDGE: [(1, 1), (1, 0), (0, 0), (1, 1), (0, 0), (0, 0)],
    QUOTE: [(0, 1), (0, 0), (0, 0), (0, 1), (1, 1), (0, 0)],
}


def seen_by_two(times=1):
    """The readings of `SEEN`: each find is counted so many times."""
    return {
        reader: {
            f"u{number}": {
                slug: times for slug, pairs in SEEN.items() if pairs[number][place]
            }
            for number in range(6)
        }
        for place, reader in enumerate(("anna", "ben"))
    }  # fmt: skip


def test_agreement_is_krippendorffs_alpha_of_whether_a_move_was_seen():
    one, other, whole = agreement_of(seen_by_two(), (HEDGE, QUOTE))
    assert [row.move for row in (one, other, whole)] == [HEDGE, QUOTE, ALL]
    for row, pairs in (
        (one, SEEN[HEDGE]),
        (other, SEEN[QUOTE]),
        (whole, [*SEEN[HEDGE], *SEEN[QUOTE]]),
    ):
        assert row.alpha == pytest.approx(nominal_alpha(pairs))
        assert row.units == len(pairs)
        assert row.both == sum(pair == (1, 1) for pair in pairs)
        assert row.one == sum(a != b for a, b in pairs)
    assert (one.both, one.one, other.both, other.one) == (2, 1, 1, 2)


def test_how_often_a_move_was_seen_in_a_unit_does_not_matter():
    assert agreement_of(seen_by_two(3), SEEN) == agreement_of(seen_by_two(), SEEN)


def test_what_was_settled_is_no_reader():
    readings = seen_by_two()
    settled = {number: {HEDGE: 1, QUOTE: 1} for number in readings["anna"]}
    assert agreement_of({SETTLED: settled, **readings}, SEEN) == agreement_of(readings, SEEN)


def test_units_are_compared_by_their_numbers_in_whatever_order_they_stand():
    readings = seen_by_two()
    turned = {**readings, "ben": dict(reversed(readings["ben"].items()))}
    assert agreement_of(turned, SEEN) == agreement_of(readings, SEEN)


def test_of_three_readers_both_are_all_and_one_is_some():
    three = {**seen_by_two(), "carl": {f"u{n}": {HEDGE: 1} if n == 0 else {} for n in range(6)}}
    row = agreement_of(three, (HEDGE,))[0]
    assert (row.both, row.one) == (1, 2)


def test_the_agreement_on_a_move_that_nobody_saw_is_undefined():
    row = agreement_of(seen_by_two(), (BOOSTER, HEDGE))[0]
    assert math.isnan(row.alpha)
    assert (row.units, row.both, row.one) == (6, 0, 0)


# What can be counted.


def test_moves_of_leads_are_not_counted_in_units():
    left = [slug for slug in catalogue() if slug not in counted_in_units()]
    assert left
    assert all(slug.startswith("lead-") for slug in left)
    assert not [slug for slug in counted_in_units() if slug.startswith("lead-")]
    assert {HEDGE, BOOSTER, QUOTE, "sentence-omitted"} <= set(counted_in_units())
