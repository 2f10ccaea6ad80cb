"""Tables as they are printed: numbers, LaTeX that closes what it opens, HTML with scopes."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from hostile.pages import table
from hostile.payloads import PAYLOADS
from reframing.documents.errors import InputError
from reframing.report.printed_tables import print_table, probability
from reframing.stages.print_tables import main

ROOT = Path(__file__).parents[2]
INPUTS = ("effects/effects", "effects/moves", "effects/specifications", "judged", "validation")
FOUND = pd.DataFrame(
    {
        "kind": ["retold_50%", "cut & <b>pasted</b>"],
        "rate": [-12.34, 3.456],
        "rate_low": [-15.2, float("nan")],
        "rate_high": [9.6, float("nan")],
        "cases": [12345.0, 7.0],
        "q": [0.0004, 0.25],
        "kept": [True, False],
    }
)


def set_table(frame=FOUND, **options):
    return print_table(frame, "Rates of 5% & more.", "rates", **options)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The folder to which the stage wrote the tables of the committed results."""
    root = tmp_path_factory.mktemp("study")
    shutil.copy(ROOT / "params.yaml", root)
    for name in INPUTS:
        place = root / f"results/tables/{name}.csv"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"results/tables/{name}.csv", place)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        main()
    return root / "results/tables/print"


TABLES = ("effects", "recognition", "validation", "judged")


def test_an_estimate_and_its_interval_are_one_cell_with_a_true_minus():
    assert list(set_table().cells["rate"]) == ["−12 [−15, 10]", "3"]


def test_decimals_follow_the_width_of_intervals_unless_they_are_given():
    narrow = FOUND.assign(rate_low=FOUND["rate"] - 0.04, rate_high=FOUND["rate"] + 0.04)
    assert set_table(narrow).cells["rate"][1] == "3.456 [3.416, 3.496]"
    assert set_table(narrow, decimals={"rate": 1}).cells["rate"][1] == "3.5 [3.4, 3.5]"


def test_counts_decisions_and_missing_numbers_are_printed_as_readers_write_them():
    cells = set_table(FOUND.assign(n=[0.5, float("nan")])).cells
    assert list(cells["cases"]) == ["12,345", "7"]
    assert list(cells["kept"]) == ["yes", "no"]
    assert list(cells["n"]) == ["0.50", "–"]


def test_small_probabilities_are_printed_as_below_a_limit():
    assert [probability(p) for p in (0.00099, 0.001, 0.25)] == ["<0.001", "0.001", "0.250"]
    assert list(set_table().cells["q"]) == ["<0.001", "0.250"]


def test_a_heading_for_a_column_that_is_not_there_is_an_error():
    with pytest.raises(InputError, match="field 'rats': is not a column"):
        set_table(headings={"rats": "Rate"})
    with pytest.raises(InputError, match="no column"):
        set_table(pd.DataFrame())


def test_latex_escapes_texts_and_sets_the_minus_as_mathematics():
    tex = set_table().tex()
    assert r"retold\_50\% & $-$12 [$-$15, 10]" in tex
    assert r"cut \& \textless{}b\textgreater{}pasted" in tex
    assert r"\caption{Rates of 5\% \& more.}" in tex


def test_a_table_with_many_rows_breaks_across_pages():
    assert r"\begin{longtable}" in set_table(pd.concat([FOUND] * 30)).tex()
    assert r"\begin{longtable}" not in set_table().tex()


def read_tex(source):
    """The rows of a LaTeX table; fails where an environment, a brace or a row does not close."""
    lines = [line for line in source.splitlines() if not line.startswith("%")]
    text = "\n".join(lines)
    opened = []
    for verb, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
        if verb == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []
    bare = re.sub(r"\\[{}%&$#_]", "", text)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    assert not set("#_^~%\\") & set(re.sub(r"\\[a-zA-Z]+|\\\\", "", bare))
    (columns,) = re.findall(r"\\begin\{(?:tabular|longtable)\}\{(.*)\}$", text, re.MULTILINE)
    width = len(re.sub(r"\{.*?\}", "", columns))
    body = [line for line in lines if line.endswith(r"\\") and "multicolumn" not in line]
    rows = [re.split(r"(?<!\\)&", line.removesuffix(r"\\")) for line in body]
    rows = [row for row in rows if not row[0].startswith((r"\caption", r"\label"))]
    assert {len(row) for row in rows} == {width}
    return [[cell.strip().replace("$-$", "-") for cell in row] for row in rows]


@pytest.mark.parametrize("copies", [1, 30])
def test_latex_closes_what_it_opens_whatever_the_texts(copies):
    strange = [r"a\b{c", "x^2~y#1 | “é” → $"]
    rows = read_tex(set_table(pd.concat([FOUND.assign(kind=strange)] * copies)).tex())
    assert len([row for row in rows if row[0] != "kind"]) == 2 * copies


@pytest.mark.parametrize("name", TABLES)
def test_published_latex_closes_what_it_opens(published, name):
    source = (published / f"{name}.tex").read_text(encoding="utf8")
    assert source.startswith("% needs \\usepackage{booktabs}")
    assert read_tex(source)


class Page(HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.heads, self.rows, self.tags, self.links, self.made = [], [], [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.made.append((tag, [name for name, _ in attrs]))
        self.links += [value for name, value in attrs if name in ("src", "href", "srcset")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag == "th":
            self.heads.append(dict(attrs).get("scope"))

    def handle_data(self, data):
        if self.tags[-1:] and self.tags[-1] in ("th", "td") and data.strip():
            self.rows[-1][-1] += data


@pytest.mark.parametrize("name", TABLES)
def test_published_pages_have_a_caption_a_scope_on_each_head_and_no_network(published, name):
    source = (published / f"{name}.html").read_text(encoding="utf8")
    page = Page(source)
    assert page.tags.count("caption") == 1
    assert page.heads == ["col"] * len(page.rows[0]) + ["row"] * (len(page.rows) - 1)
    assert page.links == []
    assert "url(" not in source
    assert "prefers-color-scheme: dark" in source


def test_html_shows_markup_in_texts_as_text():
    page = Page(set_table().html())
    assert page.rows[2][0] == "cut & <b>pasted</b>"
    assert "b" not in page.tags


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_texts_stay_text_also_in_caption_heads_and_label(text):
    page, plain = Page(table(text)), Page(table("the works"))
    assert page.made == plain.made
    assert [row[0] for row in page.rows[1:]] == [text, "b"]


def test_both_forms_hold_the_same_cells(published):
    for name in TABLES:
        page = Page((published / f"{name}.html").read_text(encoding="utf8"))
        tex = read_tex((published / f"{name}.tex").read_text(encoding="utf8"))
        plain = [[cell.replace("−", "-") for cell in row] for row in page.rows]
        unescaped = [
            [re.sub(r"\\([%&_])", r"\1", c).replace(r"\textless{}", "<") for c in row]
            for row in tex
        ]
        assert unescaped == plain


def close(cell, *values):
    """Whether a cell `1.2 [0.8, 1.6]` gives `values`, each rounded to as many decimals."""
    shown = re.sub(r"(?<=\d),(?=\d{3})", "", cell.replace("−", "-"))
    found = re.findall(r"-?\d+(?:\.\d+)?", shown)
    return len(found) == len(values) and all(
        abs(float(text) - value) <= 0.5001 * 10.0 ** -len(text.partition(".")[2])
        for text, value in zip(found, values, strict=True)
    )


def test_printed_effects_are_the_rows_of_their_table(published):
    rows = Page((published / "effects.html").read_text(encoding="utf8")).rows
    effects = pd.read_csv(ROOT / "results/tables/effects/effects.csv").set_index("estimand")
    curve = pd.read_csv(ROOT / "results/tables/effects/specifications.csv")
    kept = curve.groupby("estimand")["survives"].all()
    assert [row[0] for row in rows[1:]] == list(effects.index)
    for name, corpus, _, _, corrected, raw, events, read, _, survives in rows[1:]:
        of = effects.loc[name]
        assert corpus == of["corpus"]
        assert close(corrected, of["value"], of["low"], of["high"])
        assert close(raw, of["counted"], of["counted_low"], of["counted_high"])
        assert close(events, of["events"])
        assert close(read, of["read"])
        assert survives == ("yes" if kept[name] else "no")


def test_printed_scores_are_the_rows_of_their_table(published):
    rows = Page((published / "validation.html").read_text(encoding="utf8")).rows
    scores = pd.read_csv(ROOT / "results/tables/validation.csv")
    assert len(rows) - 1 == len(scores[["measure", "metric"]].drop_duplicates())
    for measure, _, metric, _, baseline, lexicon, full, people, _ in rows[1:]:
        of = scores[(scores["measure"] == measure) & (scores["metric"] == metric)]
        by_kind = {kind: some["score"].max() for kind, some in of.groupby("kind")}
        own = of[of["system"] == "full"].iloc[0]
        assert close(full, own["score"], own["low"], own["high"])
        assert close(lexicon, *of.loc[of["system"] == "lexicon", "score"])
        others = of.loc[~of["kind"].isin(["profile", "people"]), "score"].dropna()
        assert close(baseline, max(others)) if len(others) else baseline == "–"
        assert close(people, by_kind["people"]) if "people" in by_kind else people == "–"


@pytest.mark.parametrize(
    ("name", "table"), [("recognition", "effects/moves"), ("judged", "judged")]
)
def test_printed_precision_is_the_one_of_all_corpora(published, name, table):
    rows = Page((published / f"{name}.html").read_text(encoding="utf8")).rows
    of = pd.read_csv(ROOT / f"results/tables/{table}.csv").query("corpus == 'all'")
    if name == "judged":
        of = of.query("weighting == 'moves'").rename(
            columns={"low": "precision_low", "high": "precision_high"}
        )
    of = of.set_index("move")
    place = rows[0].index("precision")
    assert [row[0] for row in rows[1:]] == list(of.index)
    for row in rows[1:]:
        values = of.loc[row[0], ["precision", "precision_low", "precision_high"]]
        assert close(row[place], *values) if values.notna().all() else row[place] == "–"
