"""Replications: what is estimated, how labels and texts are drawn, and what intervals hold."""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from reframing.documents.params import FigureParams, ValidateParams
from reframing.documents.records import Article, Attribution, Span
from reframing.figures.figure import draw, save
from reframing.measures.annotate import annotate
from reframing.reading.fetch import fetch
from reframing.reading.manifest import read_manifest
from reframing.statistics.design_based import TUNING_BOUNDS
from validation.exam import Gold
from validation.exams import claim_strength, insciout
from validation.exams.claim_strength import GradedClaim
from validation.exams.insciout import GradedPair
from validation.exams.pei_jurgens import RatedFinding
from validation.exams.polnear import GoldAttribution, GoldDocument
from validation.replication_figure import exaggeration, raw_misses
from validation.replications import (
    COLUMNS,
    LABELS,
    METHODS,
    PUBLISHED,
    Replication,
    enough,
    for_texts_like_these,
    for_these_texts,
    labelled,
    of_certainty,
    of_claims,
    of_insciout,
    of_polnear,
    table,
    whole,
    with_other_events,
)
from validation.split_rules import shingles

ROOT = Path(__file__).parents[2]
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT.parent / "shared" / "mirror")
ALONE = METHODS["labels alone"]

# Invented corpora.


def pairs(
    people: Sequence[tuple[int, int]], machine: Sequence[tuple[int, int]]
) -> list[Replication]:
    """Replications of pairs with these strengths (abstract, press release)."""
    graded = [GradedPair(f"p{i}", f"p{i}", "a", "b", *both) for i, both in enumerate(people)]
    before, after = zip(*machine, strict=True)
    return list(of_insciout(graded, before, after))


def many(n: int, wrong: float, seed: int = 3) -> list[Replication]:
    """`n` pairs of which the machine grades about a share `wrong` of the press releases too high."""
    generator = np.random.default_rng(seed)
    people = generator.integers(0, 4, (n, 2))
    machine = people + np.stack([np.zeros(n, int), generator.random(n) < wrong], axis=1)
    return pairs([(a, b) for a, b in people.tolist()], [(a, b) for a, b in machine.tolist()])


def releases(n: int, seed: int = 5) -> Replication:
    """Sentences of `n` press releases and `n` abstracts, graded 3 more often in the former."""
    generator = np.random.default_rng(seed)
    claims, grades = [], []
    for document in range(n):
        for source, often, size in (("eureka", 0.5, 3), ("pubmed", 0.2, 1)):
            for _ in range(size):
                strength = 3 if generator.random() < often else 1
                name = f"{source}-{document}"
                claims.append(GradedClaim(f"{len(claims)}", name, source, "x", strength))  # type: ignore[arg-type]
                grades.append(strength if generator.random() < 0.8 else 3)
    (causal,) = of_claims(claims, grades)
    return causal


# What is estimated.


def test_shares_of_pairs_are_those_counted() -> None:
    people = [(0, 1), (1, 1), (2, 1), (0, 3)]
    machine = [(0, 0), (1, 3), (2, 1), (0, 3)]
    exaggerated, downplayed, strength = pairs(people, machine)
    assert whole(exaggerated, "found", 0.95).value == pytest.approx(50)
    assert whole(exaggerated, "scored", 0.95).value == pytest.approx(50)
    assert whole(downplayed, "found", 0.95).value == pytest.approx(25)
    assert whole(strength, "found", 0.95).value == pytest.approx((1 + 0 - 1 + 3) / 4)
    assert whole(strength, "scored", 0.95).value == pytest.approx((0 + 2 - 1 + 3) / 4)


def test_claims_are_compared_with_releases_weighing_alike() -> None:
    claims = [
        GradedClaim("1", "r1", "eureka", "x", 3),
        GradedClaim("2", "r1", "eureka", "x", 0),
        GradedClaim("3", "r2", "eureka", "x", 3),
        GradedClaim("4", "a1", "pubmed", "x", 3),
        GradedClaim("5", "a2", "pubmed", "x", 2),
    ]
    (causal,) = of_claims(claims, [0, 0, 3, 2, 3])
    assert whole(causal, "found", 0.95).value == pytest.approx(100 * ((0.5 + 1) / 2 - 1 / 2))
    assert whole(causal, "scored", 0.95).value == pytest.approx(100 * ((0 + 1) / 2 - 1 / 2))


def test_certainty_is_on_the_scale_of_the_raters() -> None:
    findings = [
        RatedFinding(f"{i}", f"{i}", part, "x", rating)  # type: ignore[arg-type]
        for i, (part, rating) in enumerate(
            [("test", 2.0), ("test", 4.0), ("ext", 5.0), ("ext", 6.0)]
        )
    ]
    certainty, difference = of_certainty(findings, [0.0, 0.2, 0.6, 1.0])
    assert whole(certainty, "found", 0.95).value == pytest.approx(4.25)
    assert whole(certainty, "scored", 0.95).value == pytest.approx((1 + 2 + 4 + 6) / 4)
    assert whole(difference, "found", 0.95).value == pytest.approx(5.5 - 3)


def test_an_attribution_belongs_to_the_sentence_in_which_its_cue_begins() -> None:
    text = 'The pier is shut. "It leaks," Venn said. The goats stayed.'
    quoted, said = text.index('"It leaks,"'), text.index("said")
    people = GoldAttribution((), (Span(said, said + 4),), (Span(quoted, quoted + 11),))
    documents = [
        GoldDocument(f"{outlet}_2016", "a", text, (people,) * n)
        for outlet, n in (("nyt", 1), ("breitbart", 2))
    ]
    machine = Attribution(
        None, None, (Span(text.index("The goats"), len(text)),), "indirect", "neutral", "none"
    )
    annotations = [
        replace(annotate(Article(one.id, text), "lexicon"), attributions=(machine,))
        for one in documents
    ]
    rate, difference = of_polnear(documents, annotations)
    assert rate.units.scored.reshape(2, 3).tolist() == [[0, 0, 1]] * 2
    assert rate.units.found.reshape(2, 3).tolist() == [[0, 1, 0], [0, 2, 0]]
    n_words = 11
    assert whole(rate, "found", 0.95).value == pytest.approx(1000 * 1.5 / n_words)
    assert whole(difference, "found", 0.95).value == pytest.approx(1000 / n_words)


# How labels and texts are drawn.


def test_as_many_labels_are_drawn_on_each_side_with_the_probability_that_they_had() -> None:
    units = releases(40).units
    sample = labelled(units, 50, np.random.default_rng(1))
    for condition, n in (("eureka", 120), ("pubmed", 40)):
        of = units.condition == condition
        assert sample.read[of].sum() == 25
        assert set(sample.probability[of]) == {25 / n}
    assert (sample.found[sample.read] == units.found[sample.read]).all()


def test_there_must_be_more_texts_than_labels_on_each_side() -> None:
    units = releases(40).units
    assert enough(units, 78)
    assert not enough(units, 80)


def test_texts_drawn_anew_are_whole_and_as_many_on_each_side() -> None:
    causal = releases(12)
    other = with_other_events(causal, np.random.default_rng(2))
    for before, after in zip(causal.sides, other.sides, strict=True):
        assert len(before.events) == len(after.events)
        inside = np.isin(other.units.event, list(after.events))
        assert set(other.units.condition[inside]) == {before.condition}

    def texts(units) -> list[tuple[object, ...]]:
        rows = defaultdict(list)
        for event, *row in zip(
            units.event, units.condition, units.scored, units.found, strict=True
        ):
            rows[event].append(tuple(row))
        return [tuple(sorted(of)) for of in rows.values()]

    assert set(texts(other.units)) < set(texts(causal.units))


def test_both_signs_of_a_pair_stay_together_when_it_is_drawn_anew() -> None:
    *_, strength = many(30, 0.3)
    other = with_other_events(strength, np.random.default_rng(2))
    assert other.units.less is not None
    assert (np.minimum(other.units.found, other.units.less.found) == 0).all()
    assert {len(side.events) for side in other.sides} == {30}


# What intervals hold.


@pytest.mark.parametrize("bounds", [ALONE, TUNING_BOUNDS])
@pytest.mark.parametrize("place", range(3))
def test_both_intervals_are_about_the_same_estimate(bounds, place: int) -> None:
    one = many(80, 0.3)[place]
    sample = labelled(one.units, 40, np.random.default_rng(7))
    like, these = (f(one, sample, 0.95, bounds) for f in (for_texts_like_these, for_these_texts))
    assert like.value == pytest.approx(these.value)
    assert like.high - like.low > these.high - these.low


def test_labels_alone_have_the_interval_of_a_share_in_a_sample_without_replacement() -> None:
    exaggerated, *_ = many(80, 0.3)
    sample = labelled(exaggerated.units, 30, np.random.default_rng(7))
    labels = sample.found[sample.read]
    half = t.ppf(0.975, 29) * labels.std(ddof=1) * np.sqrt((1 - 30 / 80) / 30)
    expected = 100 * np.array([labels.mean(), labels.mean() - half, labels.mean() + half])
    assert for_these_texts(exaggerated, sample, 0.95, ALONE) == pytest.approx(tuple(expected))


def test_nothing_is_left_to_sampling_where_all_is_labelled() -> None:
    for one in (*many(30, 0.5), releases(20)):
        these = for_these_texts(one, one.units, 0.95, TUNING_BOUNDS)
        assert these == pytest.approx([whole(one, "found", 0.95).value] * 3)


def test_a_machine_that_is_always_right_leaves_nothing_to_sampling() -> None:
    exaggerated, *_ = many(60, 0.0)
    sample = labelled(exaggerated.units, 30, np.random.default_rng(7))
    these = for_these_texts(exaggerated, sample, 0.95, TUNING_BOUNDS)
    assert these.high - these.low < 1e-9
    assert these.value == pytest.approx(whole(exaggerated, "found", 0.95).value)


@pytest.mark.slow
def test_corrected_intervals_hold_what_a_wrong_machine_misses() -> None:
    exaggerated, *_ = many(400, 0.5)
    truth = whole(exaggerated, "found", 0.95).value
    raw = whole(exaggerated, "scored", 0.95)
    assert not raw.low <= truth <= raw.high
    rows = [
        row
        for row in table({"machine": [exaggerated]}, 0.95, 11, draws=200)
        if row["method"] == "corrected" and row["labels"] == 100
    ]
    (row,) = rows
    for coverage in ("coverage", "coverage_these"):
        assert 0.90 <= float(str(row[coverage])) <= 0.99
    assert abs(float(str(row["bias"]))) < 4 * float(str(row["sd"])) / np.sqrt(200)


# The table.


def rows_of(*machines: Sequence[Replication]) -> pd.DataFrame:
    names = ("full", "lexicon")
    by_machine = dict(zip(names, machines, strict=False))
    return pd.DataFrame(table(by_machine, 0.95, 1, draws=3), columns=list(COLUMNS))


def test_labels_are_drawn_alike_whatever_the_machine_is() -> None:
    right, wrong = many(150, 0.0), many(150, 0.6)
    both, alone = rows_of(right, wrong), rows_of(wrong)
    for method in ("labels alone", "full gold"):
        values = [data.loc[data["method"] == method, "value"].tolist() for data in (both, alone)]
        assert values[0] == values[1]
        assert values[0]


def test_a_machine_that_sees_nothing_is_not_used() -> None:
    people = [(a, b) for a, b in np.random.default_rng(1).integers(0, 4, (150, 2)).tolist()]
    blind = pairs(people, [(0, 0)] * 150)
    data = rows_of(blind)
    alone, corrected = (data.loc[data["method"] == method, "value"].tolist() for method in METHODS)
    assert alone == corrected
    assert len(alone) == 3 * sum(labels < 150 for labels in LABELS)


def test_published_values_have_a_source_and_no_sample() -> None:
    data = rows_of(many(60, 0.3))
    published = data[data["method"] == "published"]
    assert len(published) == len(PUBLISHED["exaggerated"])
    assert published["source"].str.contains(r"\d{4}").all()
    assert published["labels"].isna().all()


# The figure.


def read(data: pd.DataFrame, tmp_path: Path) -> pd.DataFrame:
    data.to_csv(tmp_path / "table.csv", index=False)
    return pd.read_csv(tmp_path / "table.csv")


def test_every_replication_has_its_row_and_its_numbers(tmp_path: Path) -> None:
    data = read(rows_of(many(150, 0.1), many(150, 0.6)), tmp_path)
    figure = exaggeration(data, ValidateParams())
    written = [text.get_text() for text in draw(figure, FigureParams()).texts]
    assert written.count("150 pairs; 100 labels drawn") == 3
    assert {"Sumner et al. 2014", "Yu et al. 2020"} <= set(written)
    assert figure.data["drawn"].sum() == 3 * (2 + 2 + 1) + 2
    assert save(figure, tmp_path, FigureParams())


def test_the_title_counts_what_the_machine_misses(tmp_path: Path) -> None:
    data = read(rows_of(many(150, 0.0), many(150, 0.9)), tmp_path)
    missed, n = raw_misses(data)
    assert n == 6
    assert 1 <= missed <= 3
    assert f"misses it in {missed} of {n} cases" in exaggeration(data, ValidateParams()).title


def test_a_table_without_samples_is_drawn_without_numbers(tmp_path: Path) -> None:
    data = read(rows_of(many(20, 0.1)), tmp_path)
    assert not (data["method"] == "corrected").any()
    figure = exaggeration(data, ValidateParams())
    assert "intervals hold" not in figure.title
    assert "20 pairs" in [text.get_text() for text in draw(figure, FigureParams()).texts]


# The published table and the page that quotes it.


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return pd.read_csv(ROOT / "results/tables/replications.csv")


@pytest.fixture(scope="module")
def gold(tmp_path_factory) -> Gold:
    """The corpora of the replications that are few files, from the mirror."""
    if not MIRROR.is_dir():
        pytest.skip("no mirror of the gold corpora")
    raw = tmp_path_factory.mktemp("raw")
    for name in ("insciout", "claims", "certainty"):
        fetch(read_manifest(ROOT / f"data/manifests/{name}.yaml"), raw / name, mirror=MIRROR)
    return Gold(raw, ROOT / "data/splits")


def labels_of(published: pd.DataFrame, name: str) -> float:
    of = published[(published["replication"] == name) & (published["method"] == "full gold")]
    return float(of["value"].iloc[0])


@pytest.mark.mirror
def test_values_of_all_labels_are_those_of_the_files(published: pd.DataFrame, gold: Gold) -> None:
    text = (gold.raw / "insciout/data/insciout_train.jsonl").read_text(encoding="utf8")
    rows = [json.loads(line) for line in text.splitlines()]
    labels = [row["exaggeration_label"] for row in rows]
    assert labels_of(published, "exaggerated") == 100 * labels.count("exaggerates") / len(rows)
    assert labels_of(published, "downplayed") == 100 * labels.count("downplays") / len(rows)
    differences = [row["press_release_strength"] - row["abstract_strength"] for row in rows]
    assert labels_of(published, "strength") == pytest.approx(mean(differences), abs=1e-4)

    test = {of.id for of in claim_strength.read(gold)}
    shares = {}
    for source, key in (("eureka", "sentId"), ("pubmed", "")):
        path = gold.raw / f"claims/data/annotated_{source}.csv"
        by_text = defaultdict(list)
        with path.open(encoding="utf8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), 1):
                id = row[key] if key else f"pubmed-{number}"
                text_of = id.rsplit("-", 2)[0] if key else row["sentence"].casefold()
                if id in test:
                    by_text[text_of].append(row["label"] == "3")
        shares[source] = mean(mean(of) for of in by_text.values())
    expected = 100 * (shares["eureka"] - shares["pubmed"])
    assert labels_of(published, "causal") == pytest.approx(expected, abs=1e-3)

    path = gold.raw / "certainty/data/annotated_data/sentence-level-certainty.jsonl"
    by_split = defaultdict(list)
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        by_split[row["split"]].append(row["sentence-level-certainty"])
    reported = by_split["test"] + by_split["ext"]
    assert labels_of(published, "certainty") == pytest.approx(mean(reported), abs=1e-4)
    difference = mean(by_split["ext"]) - mean(by_split["test"])
    assert labels_of(published, "certainty-sources") == pytest.approx(difference, abs=1e-4)


def shown(row: pd.Series) -> str:
    """An estimate with its interval, with as many decimals as the quotations of the page."""
    digits = 2 if row["unit"].startswith("points") else 1
    numbers = (round(row[key], digits) + 0.0 for key in ("value", "low", "high"))
    value, low, high = (f"{number:.{digits}f}".replace("-", "−") for number in numbers)
    return f"{value} [{low}, {high}]"


def the_page() -> str:
    return " ".join((ROOT / "docs/corrected.md").read_text(encoding="utf8").split())


def test_the_page_has_the_estimates_of_the_table(published: pd.DataFrame) -> None:
    page = the_page()
    for _, of in published.groupby("replication", sort=False):
        raw = of[of["method"] == "raw"].set_index("machine")
        corrected = of[(of["method"] == "corrected") & (of["machine"] == "full")]
        n = 100 if 100 in set(corrected["labels"]) else 50
        one = corrected[corrected["labels"] == n].iloc[0]
        gold = of[of["method"] == "full gold"].iloc[0]
        cells = [
            f"{gold['measured']}, {gold['unit']}",
            shown(raw.loc["full"]),
            shown(raw.loc["lexicon"]),
            f"{shown(one)} ({n})",
            shown(gold),
        ]
        assert f"| {' | '.join(cells)} |" in page


def test_the_page_says_how_often_intervals_hold(published: pd.DataFrame) -> None:
    page, corrected = the_page(), published[published["method"] == "corrected"]
    alone = published[published["method"] == "labels alone"].set_index(["replication", "labels"])
    held = corrected["coverage"]
    assert (
        f"hold the value of all labels in {held.mean():.1%} of samples on average over "
        f"{len(corrected)} settings ({held.min():.0%} to {held.max():.0%}; "
    ) in page
    these, fixed = (corrected[f"coverage_{of}"].mean() for of in ("these", "fixed"))
    assert (
        f"holds that value in {these:.1%} of samples, and the wider interval in {fixed:.1%}" in page
    )
    assert f"drawn {int(corrected['draws'].iloc[0])} times" in page
    places = pd.MultiIndex.from_frame(corrected[["replication", "labels"]])
    relative = corrected["width_these"] / alone["width_these"].loc[places].to_numpy()
    for machine in ("full", "lexicon"):
        of = relative[corrected["machine"] == machine]
        assert f"{of.min():.2f} to {of.max():.2f} times" in page
    of_pairs = published[published["replication"] == "exaggerated"]
    all_labels = of_pairs[of_pairs["method"] == "full gold"].iloc[0]
    assert f"say {shown(all_labels).replace(' ', '% ', 1)}" in page
    missed, n = raw_misses(published)
    assert f"misses the value in {missed} of {n} cases" in page


def test_intervals_hold_what_they_promise_on_labels_by_people(published: pd.DataFrame) -> None:
    corrected = published[published["method"] == "corrected"]
    for coverage in ("coverage", "coverage_these"):
        assert corrected[coverage].mean() >= 0.935
        assert corrected[coverage].min() >= 0.90
    assert (corrected["bias"].abs() < 4 * corrected["sd"] / np.sqrt(corrected["draws"])).all()


@pytest.mark.mirror
def test_the_page_says_what_networks_may_have_seen_and_what_is_wire_copy(gold: Gold) -> None:
    learned: frozenset[tuple[str, ...]] = frozenset().union(
        *[shingles(of.text) for of in gold.part("claims", claim_strength.read_claims, "train")]
    )
    releases = [bool(shingles(pair.release) & learned) for pair in insciout.read(gold)]
    sentences = [bool(shingles(of.text) & learned) for of in claim_strength.read(gold)]
    page = the_page()
    assert f"{sum(releases)} of {len(releases)} press releases" in page
    assert f"{sum(sentences)} of {len(sentences):,} sentences" in page
    (metadata,) = MIRROR.glob("github.com/networkdynamics/PolNeAR/*/data/metadata.tsv")
    with metadata.open(encoding="utf8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    wire = [of["wire"] not in ("None", "NA", "") for of in rows if of["compartment"] == "dev"]
    assert f"{sum(wire)} of {len(wire)} texts" in page
