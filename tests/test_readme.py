"""Every number that the README reports of a study stands in results/tables, as it says."""

import csv
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = " ".join((ROOT / "README.md").read_text(encoding="utf8").split())


def row(corpus: str, table: str, **where: str) -> dict[str, str]:
    with (ROOT / "results/tables" / corpus / f"{table}.csv").open(encoding="utf8") as lines:
        found = [r for r in csv.DictReader(lines) if where.items() <= r.items()]
    (only,) = found
    return only


def percent(found: dict[str, str]) -> str:
    value, low, high = (f"{100 * float(found[k]):.0f}" for k in ("value", "low", "high"))
    return f"{value}% [{low}, {high}]"


def change(found: dict[str, str]) -> str:
    value, low, high = (
        f"{round(float(found[k]), 1) + 0.0:.1f}".replace("-", "−") for k in ("value", "low", "high")
    )
    return f"{value} [{low}, {high}]"


REPOST = {"condition": "repost", "kind": "all"}
INDEPENDENT = {"condition": "independent", "kind": "all"}
SURVIVAL = {"place": "everywhere"}
DROPPED = {"subject": "attribution", "fate": "dropped"}
PARAPHRASED = {"subject": "quote", "fate": "paraphrased"}


@pytest.mark.parametrize(
    ("corpus", "table", "where"),
    [
        ("article-comparisons", "survival", REPOST | SURVIVAL),
        ("article-comparisons", "fates", REPOST | DROPPED),
        ("article-comparisons", "fates", INDEPENDENT | DROPPED),
        ("fnc-1", "survival", REPOST | SURVIVAL),
        ("fnc-1", "fates", REPOST | DROPPED),
        ("fnc-1", "fates", INDEPENDENT | DROPPED),
        ("sheepdog", "survival", REPOST | SURVIVAL),
        ("sheepdog", "fates", REPOST | DROPPED),
        ("sheepdog", "fates", REPOST | PARAPHRASED),
    ],
)
def test_shares_are_those_of_the_tables(corpus: str, table: str, where: dict[str, str]) -> None:
    assert percent(row(corpus, table, **where)) in README


@pytest.mark.parametrize(
    ("corpus", "kind", "measure"),
    [
        ("article-comparisons", "all", "hedges"),
        ("sheepdog", "sensational", "evaluations"),
        ("sheepdog", "neutral", "evaluations"),
    ],
)
def test_rewording_is_that_of_the_tables(corpus: str, kind: str, measure: str) -> None:
    where = {"condition": "repost", "kind": kind, "measure": measure, "quantity": "rewording"}
    assert change(row(corpus, "decomposition", **where)) in README


@pytest.mark.parametrize("corpus", ["article-comparisons", "fnc-1", "sheepdog"])
def test_numbers_of_pairs_and_events_are_those_of_the_tables(corpus: str) -> None:
    sizes = row(corpus, "n", condition="repost", kind="all")
    assert f"{int(sizes['pairs']):,} pairs in {sizes['events']} " in README


SCORED = (
    "attribution-cue",
    "attribution-source",
    "content-token",
    "content-exact",
    "attribution-linked",
    "quote-speaker",
    "hedge-cues",
    "certainty",
    "certainty-ext",
    "bias",
    "biased-side",
    "target-sentiment",
    "evaluation-auc",
    "claim-strength",
    "exaggeration",
    "support-ectsum",
    "support-cnndm",
    "support-xsum",
    "sentences-polnear",
)
"""The measures of the table of scores, in its order."""


ON_CARDS = (
    "attribution-cue",
    "attribution-source",
    "content-token",
    "content-exact",
    "attribution-linked",
    "hedge-cues",
    "bias",
    "biased-side",
    "certainty",
    "certainty-ext",
    "claim-strength",
    "claim-strength-releases",
    "target-sentiment",
)
"""The measures of the table of the networks' scores, in its order."""


def short(number: str) -> str:
    return f"{float(number):.2f}".removeprefix("0")


def test_scores_are_those_of_the_suite() -> None:
    _, _, table = (ROOT / "README.md").read_text(encoding="utf8").partition("| measure | data |")
    rows = [line.split(" | ") for line in table.partition("\n\n")[0].splitlines()[2:]]
    expected = []
    for slug in SCORED:
        of = {
            name: row("", "validation", measure=slug, system=name) for name in ("lexicon", "full")
        }
        value, low, high = (short(of["full"][k]) for k in ("score", "low", "high"))
        expected.append([short(of["lexicon"]["score"]), f"{value} [{low}, {high}]"])
    assert [cells[2:4] for cells in rows] == expected


def test_scores_on_the_cards_are_those_of_the_suite() -> None:
    cards = (ROOT / "models/README.md").read_text(encoding="utf8")
    _, _, table = cards.partition("| network | what it says, and metric |")
    rows = [line.strip("| ").split(" | ") for line in table.partition("\n\n")[0].splitlines()[2:]]
    scored = [row("", "validation", measure=slug, system="full") for slug in ON_CARDS]

    def exactly(number: str) -> str:
        return f"{float(number):.3f}".removeprefix("0")

    assert [cells[2:] for cells in rows] == [
        [
            of["data"],
            f"{int(of['n']):,} {of['unit']}",
            f"{exactly(of['score'])} [{exactly(of['low'])}, {exactly(of['high'])}]",
        ]
        for of in scored
    ]


def test_speeds_are_those_of_the_benchmark() -> None:
    record = json.loads((ROOT / "results/benchmarks/annotate.json").read_text(encoding="utf8"))
    fastest = {of["name"]: of for of in record["contenders"]}
    full, lexicon = fastest["reframing-full"], fastest["reframing-lexicon"]

    def speed(name: str) -> str:
        return f"{round(fastest[name]['words_per_s'], -3):,}"

    assert f"reads {speed('reframing-full')} words a second with the networks" in README
    assert f"and {speed('reframing-lexicon')} without" in README
    assert (
        f"(NELA features: {speed('nela')}, TextDescriptives: {speed('textdescriptives')}, "
        f"VADER: {speed('vader')}, on one core each)"
    ) in README
    assert f"in {full['peak_mb']} and {lexicon['peak_mb']} MB" in README
    of_full, of_lexicon = record["growth"]
    largest = [of["points"][-1] for of in (of_full, of_lexicon)]
    assert {point["articles"] for point in largest} == {100_000}
    said = (
        f"{of_full['exponent']:.2f} with the networks and {of_lexicon['exponent']:.2f} without",
        f"(to 100,000 articles, in {largest[0]['peak_mb']} and {largest[1]['peak_mb']} MB)",
    )
    assert " ".join(said) in README


def whole(number: str) -> str:
    return f"{100 * float(number):.0f}"


def test_planted_changes_are_found_as_the_benchmark_says() -> None:
    found = row("", "perturbation", move="all")
    for measure, words in (("recall", "the moves find"), ("precision", "with a precision of")):
        value, low, high = (whole(found[measure + end]) for end in ("", "_low", "_high"))
        assert f"{words} {value}% [{low}, {high}]" in README
    rewrites = {of: row("", "faithful", rewrite=of) for of in ("all", "verbatim")}
    assert (
        f"see {float(rewrites['all']['per_1000_words']):.2f} false moves in 1,000 words" in README
    )
    assert rewrites["verbatim"]["moves"] == "0"
    assert f"none in {int(rewrites['verbatim']['texts']):,} verbatim copies" in README


def test_copies_show_as_few_moves_as_said() -> None:
    corpora = ("sample", "article-comparisons", "fnc-1", "sheepdog")
    tables = [ROOT / "results/tables" / corpus for corpus in corpora]
    copies = {"condition": "copy", "kind": "all"}
    pairs, seen = 0, 0.0
    for table in tables:
        pairs += int(row(table.name, "n", **copies)["pairs"])
        with (table / "moves.csv").open(encoding="utf8", newline="") as lines:
            found = [r for r in csv.DictReader(lines) if r.items() >= copies.items()]
        seen += sum(float(r["value"]) * float(r["n"]) for r in found)
    assert f"Of {pairs:,} copies with other typography in all corpora, a null of each" in README
    assert seen == 0


def test_judged_moves_are_right_as_often_as_the_readers_say() -> None:
    found = row("", "judged", move="all")
    value, low, high = (whole(found[column]) for column in ("right_by_all", "low", "high"))
    assert f"of {found['n']} drawn from ArticleComparisons and FNC-1" in README
    assert (
        f"agree on {whole(found['agree'])}% of them both accept {value}% [{low}, {high}]" in README
    )
    for move, of in (
        ("quote-unsupported", "unsupported quotations"),
        ("evaluation-added", "added evaluations"),
        ("lead-promoted", "promoted leads"),
    ):
        assert f"{whole(row('', 'judged', move=move)['right_by_all'])}% of {of}" in README
    with (ROOT / "results/tables/judged_by_score.csv").open(encoding="utf8", newline="") as lines:
        fifths = list(csv.DictReader(lines))
    lowest, highest = (
        whole(
            sum(float(part["right_by_all"]) * int(part["n"]) for part in two)
            / sum(int(part["n"]) for part in two)
        )
        for two in (fifths[:2], fifths[3:])
    )
    assert f"{lowest}% of the two fifths with the lowest scores are right" in README
    assert f"{highest}% of the two fifths with the highest" in README
    assert f"these promise {whole(found['score'])}% on average" in README


def test_files_that_the_readme_links_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) > 5
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
