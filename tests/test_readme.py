"""Every number that the README reports of a study stands in results/tables, as it says."""

import csv
import json
import re
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq
import pytest

import gold

ROOT = Path(__file__).parent.parent
README = " ".join((ROOT / "README.md").read_text(encoding="utf8").split())


def row(folder: str, table: str, **where: str) -> dict[str, str]:
    with (ROOT / "results/tables" / folder / f"{table}.csv").open(encoding="utf8") as lines:
        found = [r for r in csv.DictReader(lines) if where.items() <= r.items()]
    (only,) = found
    return only


def percent(value: str | float) -> str:
    """One decimal below 5%, none from there on."""
    number = 100 * float(value)
    return f"{number:.1f}" if number < 5 else f"{number:.0f}"


def signed(value: str) -> str:
    return f"{round(float(value), 1) + 0.0:+.1f}".replace("-", "−").replace("+0.0", "0.0")


REPOST = {"condition": "repost", "kind": "all"}
VERSION = {"condition": "version", "kind": "all"}
INDEPENDENT = {"condition": "independent", "kind": "all"}
EVERYWHERE = {"place": "everywhere"}


def fate(subject: str, name: str) -> dict[str, str]:
    return {"subject": subject, "fate": name}


def rewording(kind: str, measure: str) -> dict[str, str]:
    return {"condition": "repost", "kind": kind, "measure": measure, "quantity": "rewording"}


SHARES = [
    ("article-comparisons", "survival", REPOST | EVERYWHERE),
    ("article-comparisons", "fates", REPOST | fate("attribution", "omitted")),
    ("article-comparisons", "fates", REPOST | fate("attribution", "dropped")),
    ("fnc-1", "sharing", VERSION | EVERYWHERE),
    ("fnc-1", "sharing", INDEPENDENT | EVERYWHERE),
    ("fnc-1", "fates", VERSION | fate("attribution", "unattributed")),
    ("fnc-1", "fates", INDEPENDENT | fate("attribution", "unattributed")),
    ("fnc-1", "fates", VERSION | fate("quote", "other words")),
    ("fnc-1", "fates", INDEPENDENT | fate("quote", "other words")),
    ("sheepdog", "survival", {"condition": "repost", "kind": "neutral"} | EVERYWHERE),
    ("sheepdog", "survival", {"condition": "repost", "kind": "sensational"} | EVERYWHERE),
    (
        "sheepdog",
        "fates",
        {"condition": "repost", "kind": "neutral"} | fate("attribution", "dropped"),
    ),
    (
        "sheepdog",
        "fates",
        {"condition": "repost", "kind": "neutral"} | fate("quote", "paraphrased"),
    ),
]
"""The rows of the README's table of shares, in its order: corpus, table, and the keys of the row."""

CHANGES = [
    ("article-comparisons", rewording("all", "hedges")),
    ("sheepdog", rewording("neutral", "hedges")),
    ("sheepdog", rewording("neutral", "attributions")),
    ("sheepdog", rewording("neutral", "quotes")),
    ("sheepdog", rewording("sensational", "hedges")),
]
"""The rows of the README's table of changes by rewording."""


def table_below(heading: str) -> list[list[str]]:
    """The cells of the README's table whose header begins so."""
    _, _, table = (ROOT / "README.md").read_text(encoding="utf8").partition(heading)
    lines = table.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_shares_are_those_of_their_rows() -> None:
    expected = []
    for corpus, table, keys in SHARES:
        found = row(corpus, table, **keys)
        value, low, high = (percent(found[k]) for k in ("value", "low", "high"))
        cases = f"{float(found['found']):,.0f} of {float(found['n']):,.0f}"
        expected.append([f"{value}% [{low}, {high}]", cases, found["n_events"]])
    assert [cells[-3:] for cells in table_below("| share | corpus |")] == expected


def test_changes_are_those_of_their_rows_and_the_tests_that_they_name() -> None:
    expected = []
    for corpus, keys in CHANGES:
        found = row(corpus, "decomposition", **keys)
        estimate = f"{signed(found['value'])} [{signed(found['low'])}, {signed(found['high'])}]"
        decision = "not tested"
        if keys["kind"] != "all":
            names = {"kind": keys["kind"], "measure": keys["measure"], "effect": "rewording"}
            test = row(corpus, "tests", against="no change", **names)
            decision = "rejected" if test["rejected"] == "True" else "not rejected"
        expected.append([estimate, found["n_events"], decision])
    assert [cells[-3:] for cells in table_below("| change by rewording | corpus |")] == expected


def test_numbers_of_hypotheses_are_those_of_the_tables() -> None:
    expected = []
    for corpus in ("article-comparisons", "fnc-1", "sheepdog"):
        sizes = row(corpus, "n", kind="all", condition="version" if corpus == "fnc-1" else "repost")
        cells = [f"{int(sizes['pairs']):,} in {sizes['events']}"]
        for against in ("no change", "independent reports"):
            with (ROOT / f"results/tables/{corpus}/tests.csv").open(encoding="utf8") as lines:
                family = [r for r in csv.DictReader(lines) if r["against"] == against and r["p"]]
            rejected = sum(test["rejected"] == "True" for test in family)
            cells.append(f"{rejected} of {len(family)}" if family else "none tested")
        expected.append(cells)
    assert [cells[-3:] for cells in table_below("| corpus | pairs in events |")] == expected


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
    in_memory = [f"{point['articles']:,} articles in {point['peak_mb']} MB" for point in largest]
    said = (
        f"{of_full['exponent']:.2f} with the networks and {of_lexicon['exponent']:.2f} without",
        f"(to {in_memory[0]}, and {in_memory[1].replace(' articles', '')}).",
    )
    assert " ".join(said) in README
    with (ROOT / "results/benchmarks/compare.csv").open(encoding="utf8") as lines:
        took = {
            of["profile"]: of["median_ms"] for of in csv.DictReader(lines) if of["corpus"] == "all"
        }
    assert f"in {took['full']} ms on one core, {took['lexicon']} without networks" in README


def whole(number: str) -> str:
    return f"{100 * float(number):.0f}"


def test_planted_changes_are_found_as_the_benchmark_says() -> None:
    for words, said in (("in no lexicon", "in no lexicon"), ("in lexicons", "of the lexicons")):
        found = row("", "perturbation", move="all", words=words)
        value, low, high = (whole(found["recall" + end]) for end in ("", "_low", "_high"))
        assert f"{value}% [{low}, {high}] of the changes with words {said}" in README
    precise = []
    for words in ("in no lexicon", "in lexicons", "all"):
        found = row("", "perturbation", move="all", words=words)
        value, low, high = (whole(found["precision" + end]) for end in ("", "_low", "_high"))
        precise.append(f"{value}% [{low}, {high}]")
    assert "with a precision of {}, {} and over all {};".format(*precise) in README
    rewrites = {of: row("", "faithful", rewrite=of) for of in ("all", "verbatim")}
    per_1000 = float(rewrites["all"]["per_1000_words"])
    assert f"see {per_1000:.2f} false moves in 1,000 words" in README
    assert rewrites["verbatim"]["moves"] == "0"
    assert f"none in {int(rewrites['verbatim']['texts']):,} verbatim copies" in README


def test_false_moves_in_free_retellings_are_those_of_the_table() -> None:
    retold, polished = (row("", "retold", kind=kind, move="all") for kind in ("retold", "polished"))
    rate, low, high = (f"{float(retold[k]):.1f}" for k in ("false_per_1000_words", "low", "high"))
    assert f"In {retold['texts']} reports of ours" in README
    assert f"{rate} [{low}, {high}] false moves in 1,000 words" in README
    few = ("none", "one", "two", "three")[int(polished["false"])]
    assert f"{few} in {polished['texts']} that they polished" in README


@pytest.mark.parametrize(
    ("corpus", "null", "sign", "said"),
    [
        ("article-comparisons", "revision", 1, "more often between versions by two outlets"),
        ("fnc-1", "independent", -1, "less often between versions than between independent"),
    ],
)
def test_drift_at_equal_overlap_is_that_of_its_row(
    corpus: str, null: str, sign: int, said: str
) -> None:
    found = row(corpus, "drift", condition=f"version less {null}", fate="differs")
    value, *ends = (100 * sign * float(found[k]) for k in ("value", "low", "high"))
    low, high = sorted(ends)
    readme = " ".join(README.split())
    assert low > 0
    assert f"{value:.1f} [{low:.1f}, {high:.1f}]" in readme.partition(said)[0][-120:]
    assert f"{found['n_events']} events" in readme.partition(said)[2][:250]


def test_copies_show_as_few_moves_as_said() -> None:
    machine = ("mixset", "raidar-abstracts", "raidar-models", "raidar-news", "sheepdog")
    real = ("article-comparisons", "fnc-1", "neus", *machine)
    tables = [ROOT / "results/tables" / corpus for corpus in ("sample", *real)]
    copies = {"condition": "copy", "kind": "all"}
    pairs, seen = 0, 0.0
    for table in tables:
        pairs += int(row(table.name, "n", **copies)["pairs"])
        with (table / "moves.csv").open(encoding="utf8", newline="") as lines:
            found = [r for r in csv.DictReader(lines) if r.items() >= copies.items()]
        seen += sum(float(r["value"]) * float(r["n"]) for r in found)
    assert f"Of {pairs:,} copies with other typography in all corpora, a null of each" in README
    assert seen == 0
    linked = row("sheepdog", "survival", place="everywhere", **copies)
    assert int(linked["n"]) - int(linked["found"]) == 1
    assert f"one sentence of {int(linked['n']):,} in those of SheepDog is not linked" in README


def test_judged_moves_are_right_as_often_as_the_readers_say() -> None:
    expected = []
    for corpus in ("sheepdog", "fnc-1", "article-comparisons", "all"):
        cells = []
        for move in ("all", "all but the easy kinds"):
            found = row("", "judged", corpus=corpus, move=move, weighting="moves")
            value, low, high = (whole(found[column]) for column in ("precision", "low", "high"))
            cells.append(f"{value}% [{low}, {high}] ({found['n_read']})")
        expected.append([*cells, f"{int(found_moves(corpus)):,}"])
    assert [cells[1:] for cells in table_below("| moves of |")] == expected


def test_how_often_a_dropped_hedge_is_right_is_that_of_the_verdicts() -> None:
    found = row("", "judged", corpus="all", move="hedge-dropped", weighting="moves")
    value, low, high = (whole(found[column]) for column in ("precision", "low", "high"))
    assert f"*hedge-dropped* {value}% [{low}, {high}] are right ({found['n_read']} read)" in README


def found_moves(corpus: str) -> str:
    return row("", "judged", corpus=corpus, move="all", weighting="moves")["n_moves"]


def test_what_is_found_of_listed_changes_is_that_of_the_results() -> None:
    told = " ".join(README.split())
    for table, kind, share in (
        ("readings", "propositions", "recall"),
        ("readings", "most important", "recall"),
        ("readings", "propositions", "precision"),
        ("readings_held_out", "propositions", "recall"),
        ("readings_held_out", "propositions", "precision"),
    ):
        found = row("", table, of=kind)
        value, low, high = (whole(found[share + end]) for end in ("", "_low", "_high"))
        assert f"{value}% [{low}, {high}]" in told
    listed = {
        name: row("", name, of="propositions")["listed"]
        for name in ("readings", "readings_held_out")
    }
    assert f"of the {listed['readings']} moves within propositions" in told
    assert f"of {listed['readings_held_out']} are found" in told


def test_floors_of_the_sample_are_those_that_tests_keep() -> None:
    short = {name: f"{floor}".removeprefix("0").rstrip("0") for name, floor in gold.FLOORS.items()}
    assert (
        "pairs found F1 {pairs}, directions {directions}, sentence alignment F1 {links}, of retellings "
        "{retold links}, moves micro-F1 {moves, developed} on the developed half of the events and "
        "{moves, other} on the other"
    ).format(**short) in README


def test_files_that_the_readme_links_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) > 5
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_findings_are_the_corrected_effects() -> None:
    def shown(value: str) -> str:
        return f"{float(value):.1f}".replace("-", "−").replace("−0.0", "0.0")

    def interval(effect: dict[str, str], value: str, low: str, high: str) -> str:
        return f"{shown(effect[value])} [{shown(effect[low])}, {shown(effect[high])}]"

    text = (ROOT / "README.md").read_text(encoding="utf8")
    said = text.partition("## What was found")[2].partition("## What is counted")[0]
    with (ROOT / "results/tables/effects/effects.csv").open(encoding="utf8") as lines:
        effects = {row["estimand"]: row for row in csv.DictReader(lines)}
    with (ROOT / "results/tables/effects/specifications.csv").open(encoding="utf8") as lines:
        survives = {row["estimand"]: row["survives"] == "True" for row in csv.DictReader(lines)}
    found = [
        name for name, row in effects.items() if float(row["q"]) < 0.05 and row["family"] != "check"
    ]
    for name in found:
        effect = effects[name]
        assert interval(effect, "value", "low", "high") in said
        assert f"({int(effect['events']):,} events, {int(effect['read']):,} units read)" in said
    assert f"Of {len(effects)} effects" in said
    assert f"{len(found)} are found" in said
    assert f"{sum(survives[name] for name in found)} of them survive" in said
    assert interval(effects["loud-certain"], "counted", "counted_low", "counted_high") in said
    bullets = [line for line in said.splitlines() if line.startswith("- ")]
    assert len(bullets) <= 6
    assert all("results/figures/" in bullet for bullet in bullets)
    listed, other = " ".join(bullets[:-1]), bullets[-1]
    for name in found:
        assert interval(effects[name], "value", "low", "high") in (
            listed if survives[name] else other
        )
    with (ROOT / "data/readings/units/drawn.tsv").open(encoding="utf8") as lines:
        assert f"{len(lines.readlines()) - 1:,} sentences or links of sentences" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("news-certain", "that they sound surer or lose sources is not found"),
        ("news-sources", "that they sound surer or lose sources is not found"),
        ("llama-loaded", "of text-davinci-002 and Llama it is not found"),
        ("davinci-loaded", "of text-davinci-002 and Llama it is not found"),
    ],
)
def test_effects_that_are_said_not_to_be_found_are_not(name: str, said: str) -> None:
    with (ROOT / "results/tables/effects/effects.csv").open(encoding="utf8") as lines:
        q = {row["estimand"]: float(row["q"]) for row in csv.DictReader(lines)}
    assert said in README
    assert q[name] >= 0.05


def test_what_is_said_to_depend_on_a_tone_depends_on_it() -> None:
    assert "without the objective tone this is not found" in README
    with (ROOT / "results/tables/effects/specifications.csv").open(encoding="utf8") as lines:
        of = {
            (row["choice"], row["option"]): row
            for row in csv.DictReader(lines)
            if row["estimand"] == "laundered-distance"
        }
    holds_0 = {key for key, row in of.items() if float(row["low"]) <= 0 <= float(row["high"])} - {
        key for key in of if key[0] == "uncorrected"
    }
    assert holds_0 == {("without", "objective")}


def test_true_reports_are_longer_as_said() -> None:
    pairs = pq.read_table(ROOT / "results/tables/sheepdog/pairs.parquet").to_pylist()
    studied = [one for one in pairs if one["condition"] == "repost" and one["left_out"] is None]
    lengths = {
        group: median({one["original"]: one["original_words"] for one in studied
                       if one["group"] == group}.values())
        for group in ("true", "false")
    }  # fmt: skip
    assert f"({lengths['true']:.0f} words against {lengths['false']:.0f} in the median)" in README


def test_readers_differ_on_as_many_units_as_said() -> None:
    page = " ".join((ROOT / "docs/corrected.md").read_text(encoding="utf8").split())
    differing, units = set(), set()
    with (ROOT / "data/readings/units/counts.tsv").open(encoding="utf8") as lines:
        for of in csv.DictReader(lines, delimiter="\t"):
            units.add(of["number"])
            if of["a"] != of["b"]:
                differing.add(of["number"])
    assert f"their lists differed ({len(differing)} of {len(units):,} units)" in page
