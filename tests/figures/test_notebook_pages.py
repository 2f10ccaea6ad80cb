"""Notebooks: how they are committed, what they say of any corpus, and the pages made of them."""

import ast
import html
import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
import yaml

from hostile.pages import declared
from hostile.payloads import PAYLOADS
from reframing.documents.errors import InputError
from reframing.documents.records import (
    Aligned,
    Annotation,
    Article,
    Pair,
    SentenceScores,
    Studied,
)
from reframing.documents.tables import write_records
from reframing.figures.notebook import describe
from reframing.measures.annotate import annotate
from reframing.reading.prepare import Dropped
from reframing.report.notebook_pages import Page, render, title_of
from reframing.stages.draw_figures import figures
from reframing.stages.run_notebooks import notebooks
from reframing.stages.study_statistics import statistics
from studied import corpus

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SVG = re.compile(r'data:image/svg\+xml,([^"]*)')
FETCHED = re.compile(
    r"""(?:src|srcset|data|poster)\s*=\s*["']?(?!data:)[^"'\s>]+|url\(|@import|<link"""
)
LINKED = re.compile(r'<a\b[^>]*href="([^"]+)"')

OF_THE_GOLD_SUITE = sorted((ROOT / "notebooks" / "validation").glob("*.ipynb"))
OF_VERSIONS = sorted((ROOT / "notebooks" / "versions").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize(
    "path", [*NOTEBOOKS, *OF_THE_GOLD_SUITE, *OF_VERSIONS], ids=lambda path: path.stem
)


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def text_of(article_id):
    return f"Mira Holt said the bridge of {article_id} may close. It was built in 1961."


def lay_out(studied, constructed=True, directed=True, texts=()):
    """The current folder as a repository that holds one corpus, `sample`, of invented records.

    Articles, what was dropped and the manifest hold each of `texts` in turn in all their strings.
    """
    params = (ROOT / "params.yaml").read_text(encoding="utf8")
    params = re.sub(r"resamples: \d+", "resamples: 40", params).replace("dpi: 300", "dpi: 50")
    if not constructed:
        params = params.replace("constructed: true", "constructed: false")
    if not directed:
        params = params.replace("directed: true", "directed: false")
    Path("params.yaml").write_text(params, encoding="utf8")
    Path("data/manifests").mkdir(parents=True)
    manifest = {"title": "Invented pairs", "licence": "CC0"}
    if texts:
        manifest = dict(zip(("title", "citation", "licence"), texts, strict=False))
        manifest |= {"answers": list(texts), "limits": list(texts)}
    Path("data/manifests/sample.yaml").write_text(json.dumps(manifest))
    Path("CITATION.cff").write_text("authors:\n  - name: The contributors\n")
    sentences = {}
    for each in studied:
        sentences[each.pair.original] = each.comparison.original_sentences
        sentences[each.pair.repost] = each.comparison.repost_sentences
    kinds = {each.pair.repost: each.pair.kind for each in studied}
    articles = [
        Article(id, text_of(id), "Bridge may close", outlet=kinds.get(id), kind=kinds.get(id))
        for id in sorted(sentences)
    ]
    dropped = [Dropped("x", "fewer than 40 words", 0)]
    if texts:
        articles = [
            replace(article, **dict.fromkeys(("title", "outlet", "byline", "published"), text))
            for article, text in zip(articles, cycle(texts), strict=False)
        ]
        dropped = [Dropped(text, text, 1) for text in texts]
    score = SentenceScores(0.5, 0.5, 0.0, 0)
    annotations = [
        replace(annotate(a), sentences=of, scores=(score,) * len(of))
        for a, of in ((a, sentences[a.id]) for a in articles)
    ]
    pairs = [
        Pair(e.pair.original, e.pair.repost, "edited", "a→b", 1.0, (), 1.0)
        for e in studied
        if e.pair.condition == "repost"
    ]
    interim, features = Path("data/interim/sample"), Path("data/features/sample")
    write_records(interim / "articles.parquet", Article, articles)
    write_records(interim / "dropped.parquet", Dropped, dropped)
    write_records(features / "annotations.parquet", Annotation, annotations)
    write_records(features / "pairs.parquet", Pair, pairs)
    aligned = [Aligned(each.pair, each.comparison.alignment) for each in studied]
    write_records(features / "alignments.parquet", Aligned, aligned)
    write_records(features / "comparisons.parquet", Studied, studied)
    statistics("sample")
    shutil.copy(ROOT / "results/tables/judged.csv", "results/tables/judged.csv")


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
    notebook.cells = [c for c in notebook.cells if "local-only" not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            steps = ast.parse(cell.source).body
            last = steps.pop() if isinstance(steps[-1], ast.Expr) else None
            exec(compile(ast.Module(steps, []), path.name, "exec"), names)
            shown = last and eval(compile(ast.Expression(last.value), path.name, "eval"), names)
            if shown is not None and data_of(shown):
                cell.outputs = [nbformat.v4.new_output("display_data", data_of(shown))]
    plt.close("all")
    return notebook


def data_of(shown):
    found = {
        "text/html": getattr(shown, "_repr_html_", lambda: None)(),
        "text/markdown": getattr(shown, "_repr_markdown_", lambda: None)(),
    }
    return {kind: text for kind, text in found.items() if text}


def pages_of(numbers="1234"):
    paths = [path for path in NOTEBOOKS if path.stem[1] in numbers]
    beside = [(path.stem, title_of(nbformat.read(path, 4), path)) for path in paths]
    return {
        path.stem: render(
            executed(path), Page(path, title, "sample", "Invented", beside, "dvc repro x", ())
        )
        for path, (_, title) in zip(paths, beside, strict=True)
    }


def write_notebook(path, *sources):
    title = nbformat.v4.new_markdown_cell("# Does it run?", id="question")
    steps = [nbformat.v4.new_code_cell(source, id=f"step-{n}") for n, source in enumerate(sources)]
    path.parent.mkdir(exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[title, *steps], metadata=kernel), path)


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
    assert page.count("<figcaption>") >= 1


# Pages


@pytest.mark.parametrize(
    ("studied", "numbers"),
    [
        (corpus(events=3), "134"),
        (corpus(events=1, kinds=("edited",), conditions=("repost",)), "24"),
        (corpus(events=2, kinds=("a-kind", "another"), conditions=("repost", "independent")), "3"),
    ],
    ids=["all nulls", "one pair", "no copies"],
)
def test_every_notebook_runs_on_any_corpus_and_fetches_nothing(repository, studied, numbers):
    lay_out(studied)
    for name, page in pages_of(numbers).items():
        drawings = [unquote(svg) for svg in SVG.findall(page)]
        without = re.sub(r"<code>.*?</code>", "", SVG.sub("", page))
        assert not FETCHED.search(without), name
        assert not any(FETCHED.search(svg.replace("url(#", "")) for svg in drawings), name
        assert "<script" not in page
        assert "form-action 'none'; base-uri 'none'" in page
        assert all(not link.startswith("//") for link in LINKED.findall(page))
        assert "nan" not in re.sub(r'src="data:[^"]+"', "", page).split()
        assert str(repository) not in page
        assert "prefers-color-scheme: dark" in page


@pytest.mark.parametrize("path", OF_VERSIONS, ids=lambda path: path.stem)
def test_of_versions_each_difference_has_beside_it_how_much_is_right(repository, path):
    conditions = ("version", "copy", "independent")
    lay_out(corpus(events=3, conditions=conditions), directed=False)
    page, again = (
        render(executed(path), Page(path, "Versions", "sample", "x", (), "dvc repro x", ()))
        for _ in range(2)
    )
    assert page == again
    header = ["copy", "independent", "version", "precision", "low", "high", "n_read"]
    cells = re.findall(r"<th[^>]*>([^<]*)</th>", page)
    assert any(cells[at : at + len(header)] == header for at in range(len(cells)))
    assert "sentence-in-one-only" in cells


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
        leads = [value for name, value in attrs if name in ("href", "src", "action")]
        self.addresses += [value for value in leads if not value.startswith("data:image/svg")]

    def handle_endtag(self, tag):
        self.cells -= tag in ("td", "th")

    def handle_data(self, data):
        self.text += data
        self.running += "" if self.cells else data


def test_no_element_or_link_of_a_page_comes_from_what_a_corpus_declares(tmp_path, monkeypatch):
    parsed = []
    hostile_texts = list(PAYLOADS.values())
    for folder, texts in (
        ("plain", [f"text {n}" for n in range(len(PAYLOADS))]),
        ("hostile", hostile_texts),
    ):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        lay_out(declared(texts, events=1, kinds=4), texts=texts)
        parsed.append({name: Elements(page) for name, page in pages_of("12").items()})
    plain, hostile = parsed
    for name in plain:
        assert hostile[name].found == plain[name].found
        assert hostile[name].addresses == plain[name].addresses
        assert not set("\u202e\u2066") & set(hostile[name].running)
    shown = hostile["02-what-survives-a-repost"].text
    assert all(kind[:40] in shown for kind in hostile_texts[:4])


@pytest.mark.parametrize("constructed", [True, False])
def test_words_are_shown_where_they_were_written_for_this_project_alone(repository, constructed):
    lay_out(corpus(events=3), constructed=constructed)
    cell = nbformat.v4.new_code_cell(
        "from reframing import load\nload('sentences', text=True)",
        id="words",
        metadata={"tags": ["local-only"]},
    )
    title = nbformat.v4.new_markdown_cell("# Which words?", id="question")
    Path("notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[title, cell]), Path("notebooks/01-words.ipynb"))
    notebooks("sample")
    page = Path("results/notebooks/sample/01-words.html").read_text(encoding="utf8")
    assert ("Bridge may close" in page) is constructed


@each_notebook
def test_cells_that_show_words_are_tagged(path):
    for cell in cells(path, "code"):
        shows = "text=True" in "".join(cell["source"])
        assert shows == ("local-only" in cell["metadata"].get("tags", []))


def test_a_page_says_what_its_corpus_can_and_cannot_answer_sentence_by_sentence(repository):
    lay_out(corpus(events=2))
    manifest = Path("data/manifests/sample.yaml")
    declared = json.loads(manifest.read_text(encoding="utf8"))
    said = {"answers": ["What is cut.", "What is added."], "limits": ["Who was first."]}
    manifest.write_text(json.dumps(declared | said), encoding="utf8")
    shown = describe("sample")
    assert list(shown.loc["can answer", ""]) == ["What is cut.", "What is added."]
    assert shown.loc["cannot answer", ""] == "Who was first."


def test_the_stage_writes_the_same_bytes_again(repository, capfd):
    lay_out(corpus(events=2))
    figures("sample")
    write_notebook(
        Path("notebooks/01-runs.ipynb"),
        "import sys\nimport seaborn as sns\nfrom reframing import load\n"
        "from reframing.figures.notebook import describe, show_figure, use_theme\nuse_theme()",
        "sys.stderr.write('he' + 'ard')\ndescribe()",
        "sns.histplot(load('pairs'), x='repost_words')\nsns.despine()",
        "show_figure('survival')",
        "import pandas as pd\nfor n in (4, 12):\n    own = pd.DataFrame({'n': [n]})\nown",
    )
    page = Path("results/notebooks/sample/01-runs.html")
    notebooks("sample")
    first = page.read_bytes()
    page.unlink()
    notebooks("sample")
    assert page.read_bytes() == first
    drawn = Path("results/figures/sample/survival.svg").read_text(encoding="utf8")
    drawings = [unquote(svg) for svg in SVG.findall(first.decode("utf8"))]
    assert len(drawings) == 2
    assert drawn in drawings
    described = json.loads(Path("results/manifests/sample.json").read_text("utf8"))["figures"]
    alts = [html.unescape(alt) for alt in re.findall('<img alt="(.*?)"', first.decode("utf8"))]
    assert len(alts) == 2
    assert next(f["alt"] for f in described if f["id"] == "sample/survival") in alts
    assert not any("No description" in alt for alt in alts)
    assert b"heard" not in first
    assert b'<td class="number">12</td>' in first
    assert b"mathjax_ignore" in first
    foot = first.decode("utf8").partition("<footer>")[2]
    notebook, command, *results = re.findall("<code>(.*?)</code>", foot)
    stages = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf8"))["stages"]
    assert command.removeprefix("dvc repro ").partition("@")[0] in stages
    assert results
    assert all(Path(path).exists() for path in (notebook, *results))
    assert "heard" in capfd.readouterr().err
    assert str(repository).encode() not in first


def test_tables_and_plots_take_the_focus_because_they_scroll_and_no_head_is_empty():
    v4 = nbformat.v4
    cell = v4.new_code_cell("own", id="own")
    frame = pd.DataFrame({"n": [12, 3]}, index=pd.Index(["a", "b"], name="kind"))
    cell.outputs = [
        v4.new_output("display_data", {"text/html": frame._repr_html_()}),
        v4.new_output("display_data", {"text/plain": "b\u2028<table>"}),
        v4.new_output("display_data", {"image/svg+xml": "<svg/>"}),
    ]
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Own?", id="question"), cell])
    page = render(notebook, Page(Path("x.ipynb"), "Own?", "x", "X", (), "x", ()))
    outputs = [tag for tag in re.findall("<div[^>]*>", page) if 'class="output"' in tag]
    labels = [re.findall('aria-label="(.*?)"', tag) for tag in outputs]
    assert labels == [["Table"], [], ["Plot"]]
    assert [tag for tag in outputs if ('tabindex="0"' in tag) != ("aria-label" in tag)] == []
    assert "<th></th>" not in page
    assert page.count("<th") == 4 + page.count("<thead")
    assert "<pre>b\u2028&lt;table&gt;</pre>" in page


def test_columns_of_numbers_are_aligned_with_their_heads():
    v4 = nbformat.v4
    cell = v4.new_code_cell("own", id="own")
    keys = pd.MultiIndex.from_tuples([("a", "x"), ("a", "y"), ("b", "x")], names=["kind", "of"])
    frame = pd.DataFrame({"n": [12, 3, -4], "word": ["12", "own", "3"]}, index=keys)
    cell.outputs = [v4.new_output("display_data", {"text/html": frame._repr_html_()})]
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Own?", id="question"), cell])
    page = render(notebook, Page(Path("x.ipynb"), "Own?", "x", "X", (), "x", ()))
    numbers = re.findall('<t[dh] class="number">(.*?)</t[dh]>', page)
    assert [cell for cell in numbers if cell] == ["n", "12", "3", "-4"]
    assert "<td>own</td>" in page
    assert "text-align: right;" not in page.partition("<table")[2]


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
