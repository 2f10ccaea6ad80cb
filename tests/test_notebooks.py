"""Notebooks: how they are committed, what they say of any corpus, and the pages made of them."""

import ast
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pytest
import yaml

from reframing.documents.errors import InputError
from reframing.documents.records import Aligned, Annotation, Article, Link, Pair, Span, Studied
from reframing.documents.tables import write_records
from reframing.figures.dot_rows import kind_label
from reframing.measures.annotate import annotate
from reframing.notebook import reservations, survival
from reframing.notebook.examples import example, marked
from reframing.notebook.figures import figure, published
from reframing.notebook.holdings import reason_of
from reframing.notebook.opened import open_study
from reframing.notebook.prose import literal, prose
from reframing.notebook.survival import closeness_of
from reframing.notebook.tables import Column, estimates, table
from reframing.notebook.wording import PERCENT, RATE, counted, listed, number, said
from reframing.reading.prepare import Dropped
from reframing.report.notebook_pages import Page, render, title_of
from reframing.stages.run_notebooks import notebooks
from reframing.stages.study_statistics import statistics
from reframing.statistics.estimates import Estimate
from studied import corpus

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FETCHED = re.compile(
    r"""(?:src|srcset|data|poster)\s*=\s*["']?(?!data:)[^"'\s>]+|url\(|@import|<link"""
)
LINKED = re.compile(r'<a\b[^>]*href="([^"]+)"')

OF_THE_GOLD_SUITE = sorted((ROOT / "notebooks" / "validation").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize(
    "path", [*NOTEBOOKS, *OF_THE_GOLD_SUITE], ids=lambda path: path.stem
)


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def text_of(article_id):
    return f"Mira Holt said the bridge of {article_id} may close. It was built in 1961."


def lay_out(studied, constructed=True):
    """The current folder as a repository that holds one corpus, `sample`, of invented records."""
    params = (ROOT / "params.yaml").read_text(encoding="utf8")
    params = re.sub(r"resamples: \d+", "resamples: 40", params)
    if not constructed:
        params = params.replace("constructed: true", "constructed: false")
    Path("params.yaml").write_text(params, encoding="utf8")
    Path("data/manifests").mkdir(parents=True)
    Path("data/manifests/sample.yaml").write_text("title: Invented pairs\nlicence: CC0\n")
    sentences = {}
    for each in studied:
        sentences[each.pair.original] = each.comparison.original_sentences
        sentences[each.pair.repost] = each.comparison.repost_sentences
    kinds = {each.pair.repost: each.pair.kind for each in studied}
    articles = [
        Article(id, text_of(id), "Bridge may close", outlet=kinds.get(id), kind=kinds.get(id))
        for id in sorted(sentences)
    ]
    annotations = [replace(annotate(a), sentences=sentences[a.id]) for a in articles]
    pairs = [
        Pair(e.pair.original, e.pair.repost, "edited", "a→b", 1.0, (), 1.0)
        for e in studied
        if e.pair.condition == "repost"
    ]
    interim, features = Path("data/interim/sample"), Path("data/features/sample")
    write_records(interim / "articles.parquet", Article, articles)
    write_records(interim / "dropped.parquet", Dropped, [Dropped("x", "fewer than 40 words", 0)])
    write_records(features / "annotations.parquet", Annotation, annotations)
    write_records(features / "pairs.parquet", Pair, pairs)
    aligned = [Aligned(each.pair, each.comparison.alignment) for each in studied]
    write_records(features / "alignments.parquet", Aligned, aligned)
    write_records(features / "comparisons.parquet", Studied, studied)
    statistics("sample")
    published = Path("results/figures/sample")
    published.mkdir(parents=True)
    for name in ("survival", "certainty", "attribution", "quotes", "tone", "moves"):
        (published / f"{name}.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        (published / f"{name}.txt").write_text(f"Invented {name} & its <caption>.\n")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """An empty folder to lay a repository out in, which is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REFRAMING_CORPUS", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def executed(path):
    """The notebook with what its cells end in as outputs, run in this process."""
    notebook, names = nbformat.read(path, as_version=4), {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            steps = ast.parse(cell.source).body
            last = steps.pop() if isinstance(steps[-1], ast.Expr) else None
            exec(compile(ast.Module(steps, []), path.name, "exec"), names)
            shown = last and eval(compile(ast.Expression(last.value), path.name, "eval"), names)
            if shown is not None and data_of(shown):
                cell.outputs = [nbformat.v4.new_output("display_data", data_of(shown))]
    return notebook


def data_of(shown):
    found = {
        "text/html": getattr(shown, "_repr_html_", lambda: None)(),
        "text/markdown": getattr(shown, "_repr_markdown_", lambda: None)(),
    }
    return {kind: text for kind, text in found.items() if text}


def pages_of_all():
    beside = [(path.stem, title_of(nbformat.read(path, 4), path)) for path in NOTEBOOKS]
    return {
        path.stem: render(
            executed(path), Page(path, title, "sample", "Invented", beside, "dvc repro x", ())
        )
        for path, (_, title) in zip(NOTEBOOKS, beside, strict=True)
    }


def write_notebook(path, *sources):
    title = nbformat.v4.new_markdown_cell("# Does it run?", id="question")
    steps = [nbformat.v4.new_code_cell(source, id=f"step-{n}") for n, source in enumerate(sources)]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[title, *steps]), path)


# How notebooks are committed


@each_notebook
def test_nothing_executed_is_committed(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@each_notebook
def test_cells_have_ids_of_their_own(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("path", OF_THE_GOLD_SUITE, ids=lambda path: path.stem)
def test_a_notebook_of_the_gold_suite_runs_on_the_published_scores(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = render(executed(path), Page(path, "Scores", "x", "x", (), "dvc repro x", ()))
    assert page.count("<figcaption>") >= 2


# Numbers in words


def test_a_number_has_a_true_minus_and_zero_no_sign():
    assert number(-13.64, RATE, signed=True) == "−13.6"
    assert number(2.71, RATE, signed=True) == "+2.7"
    assert number(-0.01, RATE, signed=True) == "0.0"


def test_an_estimate_is_said_with_unit_and_interval():
    assert said(Estimate(0.7456, 0.728, 0.764, 24), PERCENT) == "74.6% [72.8,\u00a076.4]"


def test_a_single_cluster_has_no_interval_and_nan_no_value():
    assert said(Estimate(0.5, np.nan, np.nan, 1), PERCENT) == "50.0%"
    assert said(Estimate(np.nan, np.nan, np.nan, 0), PERCENT) == "–"


def test_counts_and_lists_are_worded():
    assert [counted(1, "event"), counted(1200, "event")] == ["1 event", "1,200 events"]
    assert [listed(["a"]), listed(["a", "b", "c"])] == ["a", "a, b and c"]


# Tables


def test_kinds_come_before_nulls_and_estimates_of_few_events_are_marked(repository):
    lay_out(corpus(events=2, kinds=("trimmed", "edited")))
    study = open_study()
    shown = estimates(study, "survival", "x", [Column("all", {"place": "everywhere"}, PERCENT)])
    labels = ["all reposts", "re-typeset copies", "independent reports"]
    assert sorted(shown.data.index[:2]) == ["edited", "trimmed"]
    assert list(shown.data.index[2:]) == labels
    assert all("†" in cell for cell in shown.data["all"])
    assert "fewer than 10 events" in shown._repr_html_()
    assert shown._repr_html_().count('<tr class="null">') == 2


def test_what_a_table_holds_is_escaped():
    assert "<b>" not in table("a <b> c", {"<b>": {"<b>": "<b>"}})._repr_html_()


def test_columns_of_numbers_stand_right_and_columns_of_words_left():
    rows = {
        "a": {"n": 1200, "score": "0.8 [0.7,\u00a00.9] (n = 12)", "which": "3 of one"},
        "b": {"n": 3, "score": "–", "which": "–"},
    }
    shown = table("Scores.", rows)._repr_html_()
    assert '<th scope="col" class="number">score</th><th scope="col">which</th>' in shown
    assert "0.8 <small>[0.7,\u00a00.9]</small> <small>n = 12</small></td><td>3 of one</td>" in shown
    assert '<td class="number">–</td><td>–</td>' in shown


def test_the_closest_link_tells_how_a_sentence_is_carried_over():
    links = (Link((0, 1), (0,), "rewritten", 0.5), Link((1,), (1,), "copied", 1.0))
    pair = corpus(events=1, kinds=("edited",))[0].pair
    assert closeness_of(Aligned(pair, links), 4) == {
        "copied": (1.0, 4.0),
        "edited": (0.0, 4.0),
        "rewritten": (1.0, 4.0),
        "not carried over": (2.0, 4.0),
    }


def test_shares_of_closeness_sum_to_what_survival_says(repository):
    lay_out(corpus(events=3, kinds=("edited",)))
    study = open_study()
    lost = survival.closeness(study).data["not carried over"]
    kept = survival.by_place(study).data["everywhere"]
    for label in lost.index:
        shares = [float(cells[label].partition("%")[0]) for cells in (lost, kept)]
        assert sum(shares) == pytest.approx(100, abs=0.11)


# What a page says of its corpus


def test_the_sample_claims_no_finding(repository):
    lay_out(corpus(events=2))
    assert "no finding is claimed" in reservations(open_study()).data


def test_few_events_and_absent_nulls_are_said(repository):
    lay_out(corpus(events=2, conditions=("repost", "copy")), constructed=False)
    said_of_it = reservations(open_study()).data
    assert "only 2 events" in said_of_it
    assert "no independent reports" in said_of_it
    assert "no copies" not in said_of_it
    assert "no finding is claimed" not in said_of_it


def test_kinds_of_few_events_are_not_compared_where_others_have_enough(repository):
    lay_out([*corpus(events=10, kinds=("edited",)), *corpus(events=1, kinds=("trimmed",))])
    assert open_study().firm_kinds == ["edited"]


def test_reasons_of_drops_name_no_article():
    assert reason_of(Dropped("b", "same text as a", 0)) == "same text as another article"
    assert reason_of(Dropped("b", "not in English", 0)) == "not in English"


def test_text_is_quoted_from_a_constructed_corpus_alone(repository):
    lay_out(corpus(events=4))
    study = open_study()
    assert "Constructed example" in example(study, "hedge-dropped").data
    assert example(replace(study, constructed=False), "hedge-dropped") is None


def test_a_move_that_does_not_occur_has_no_example(repository):
    lay_out(corpus(events=2))
    assert example(open_study(), "polarity-flipped") is None


def test_only_the_part_of_a_span_inside_the_sentence_is_marked():
    text = "It may rain. It <will> snow."
    assert marked(text, Span(0, 12), Span(3, 20)) == "It <mark>may rain.</mark>"
    assert marked(text, Span(13, 28), Span(16, 22)) == "It <mark>&lt;will&gt;</mark> snow."
    assert marked(text, Span(0, 12), None) == "It may rain."


def test_a_figure_that_is_not_published_is_an_error_that_names_the_stage(repository):
    lay_out(corpus(events=2))
    with pytest.raises(InputError, match=r"nothing\.txt: cannot be read: .*stage `figures`"):
        figure(open_study(), "nothing")


@pytest.mark.parametrize("width", [89, 183])
def test_a_figure_of_two_columns_is_shown_wide(width, tmp_path):
    (tmp_path / "some.svg").write_text(f'<svg width="{72 * width / 25.4:f}pt" height="9pt"/>')
    (tmp_path / "some.txt").write_text("Said.")
    kind = "published wide" if width == 183 else "published"
    assert (
        f'<figure class="{kind} mathjax_ignore' in published(tmp_path, "some", "corpus/some").data
    )


def test_a_corpus_opens_from_a_folder_below_the_root(repository, monkeypatch):
    lay_out(corpus(events=2))
    Path("notebooks").mkdir()
    monkeypatch.chdir("notebooks")
    study = open_study()
    assert study.root == Path("..")
    assert len(list(study.articles)) > 0


def test_an_unknown_corpus_is_an_error_that_names_the_known(repository, monkeypatch):
    lay_out(corpus(events=2))
    monkeypatch.setenv("REFRAMING_CORPUS", "smaple")
    with pytest.raises(InputError, match=r"'smaple' is no corpus of params\.yaml; it has sample"):
        open_study()


# Pages


@pytest.mark.parametrize(
    "studied",
    [
        corpus(events=3),
        corpus(events=1, kinds=("edited",), conditions=("repost",)),
        corpus(events=2, kinds=("a-kind", "another"), conditions=("repost", "independent")),
    ],
    ids=["all nulls", "one pair", "no copies"],
)
def test_every_notebook_runs_on_any_corpus_and_fetches_nothing(repository, studied):
    lay_out(studied)
    for name, page in pages_of_all().items():
        assert not FETCHED.search(re.sub(r"<code>.*?</code>", "", page)), name
        assert "<script" not in page
        assert "form-action 'none'; base-uri 'none'" in page
        assert all(not link.startswith("//") for link in LINKED.findall(page))
        assert "nan" not in re.sub(r'src="data:[^"]+"', "", page).split()
        assert str(repository) not in page
        assert "prefers-color-scheme: dark" in page


HOSTILE = (
    '<form action="https://evil.example"><input name="q"></form> $\\href{javascript:alert(1)}{x}$',
    "[see](javascript:alert(1)) ![p](https://evil.example/p.png) **a* `b` ~~c~~ | d | \\*e\\*",
    '</script></style><script>alert(1)</script><img src="https://evil.example" onerror="alert(1)">',
    "\u202eesrever \u2066aside\n# https://evil.example <me@evil.example> &lt;b&gt; $\\frac"
    + 99 * " long",
)


class Elements(HTMLParser):
    """The tags of a page with the names of their attributes, where its links lead, and its text.

    `running` is the text outside the cells of tables, which nothing inside a cell can reorder.
    """

    def __init__(self, page):
        super().__init__()
        self.found, self.addresses, self.text, self.running, self.cells = [], [], "", "", 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.cells += tag in ("td", "th")
        self.found.append((tag, [name for name, _ in attrs]))
        self.addresses += [value for name, value in attrs if name in ("href", "src", "action")]

    def handle_endtag(self, tag):
        self.cells -= tag in ("td", "th")

    def handle_data(self, data):
        self.text += data
        self.running += "" if self.cells else data


def test_no_element_or_link_of_a_page_comes_from_what_a_corpus_declares(tmp_path, monkeypatch):
    parsed = []
    for folder, kinds in (("plain", list("abcd")), ("hostile", HOSTILE)):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        lay_out(corpus(events=1, kinds=kinds))
        parsed.append({name: Elements(page) for name, page in pages_of_all().items()})
    plain, hostile = parsed
    for name in plain:
        assert hostile[name].found == plain[name].found
        assert hostile[name].addresses == plain[name].addresses
        assert not set("\u202e\u2066") & set(hostile[name].running)
    told = hostile["02-what-survives-a-repost"].text
    assert all(kind_label(kind) in told for kind in HOSTILE)


def test_of_marks_in_a_sentence_only_those_of_the_sentence_are_read():
    shown = prose(f"Of the kinds, *{literal('*a* `b` **c** <i>')}* keeps **most**, `x`.").data
    assert "<em>*a* `b` **c** &lt;i&gt;</em> keeps <strong>most</strong>, <code>x</code>." in shown
    assert Elements(prose("- one\n- *two*").data).found == [
        ("ul", ["class"]), ("li", []), ("li", []), ("em", []),
    ]  # fmt: skip


def test_pages_of_other_peoples_corpora_hold_none_of_their_text(repository):
    lay_out(corpus(events=3), constructed=False)
    for page in pages_of_all().values():
        assert "Mira Holt" not in page
        assert "Bridge may close" not in page


def test_the_stage_writes_the_same_bytes_again(repository, capfd):
    lay_out(corpus(events=2))
    write_notebook(
        Path("notebooks/01-runs.ipynb"),
        "import sys\nfrom reframing.notebook import open_study, figure, survival",
        "sys.stderr.write('he' + 'ard')\nstudy = open_study()\nsurvival.by_place(study)",
        "figure(study, 'survival')",
        "import pandas as pd\nfor n in (4, 12):\n    own = pd.DataFrame({'n': [n]})\nown",
    )
    page = Path("results/notebooks/sample/01-runs.html")
    notebooks("sample")
    first = page.read_bytes()
    page.unlink()
    notebooks("sample")
    assert page.read_bytes() == first
    assert b"data:image/svg+xml;base64," in first
    assert b"heard" not in first
    assert b"<td>12</td>" in first
    assert b"mathjax_ignore" in re.search(rb"<table[^>]*dataframe[^>]*>", first)[0]
    foot = first.decode("utf8").partition("<footer>")[2]
    notebook, command, *results = re.findall("<code>(.*?)</code>", foot)
    stages = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf8"))["stages"]
    assert command.removeprefix("dvc repro ").partition("@")[0] in stages
    assert results
    assert all(Path(path).exists() for path in (notebook, *results))
    assert "heard" in capfd.readouterr().err
    assert str(repository).encode() not in first


def test_a_failing_cell_is_one_line_and_nothing_is_written(repository):
    lay_out(corpus(events=2))
    write_notebook(Path("notebooks/01-runs.ipynb"), "1 + 1")
    write_notebook(Path("notebooks/02-fails.ipynb"), "1 + 1", "1 / 0", "2 + 2")
    with pytest.raises(InputError) as raised:
        notebooks("sample")
    line = "notebooks/02-fails.ipynb: cell 3 (step-1): ZeroDivisionError: division by zero"
    assert str(raised.value) == line
    assert not Path("results/notebooks").exists()


def test_a_notebook_without_a_title_is_an_error(repository):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("No heading")])
    with pytest.raises(InputError, match=r"x\.ipynb: must begin with a heading"):
        title_of(notebook, Path("x.ipynb"))
