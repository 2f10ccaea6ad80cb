import hashlib
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from hostile.payloads import PAYLOADS
from reframing.documents.params import FigureParams, StatisticsParams
from reframing.figures.caption import Study
from reframing.figures.figure import Figure, draw, save, svg_of, width_mm, wrapped
from reframing.figures.gallery import study_figures
from reframing.figures.provenance import (
    bibtex,
    entry,
    read_entries,
    source_hash,
    write_citation,
    write_manifest,
)
from reframing.statistics.study_tables import study_tables
from studied import corpus

PARAMS = FigureParams(dpi=72)


@pytest.fixture(scope="module")
def figure() -> Figure:
    statistics = StatisticsParams(flips=200)
    tables = study_tables(corpus(events=4), statistics, 1)
    return study_figures(Study("A test", True, True, tables, statistics))[0]


@pytest.fixture
def describe(figure, tmp_path):
    saved = {path.name: path for path in save(figure, tmp_path / "figures", PARAMS)}

    def described(processor="abacus"):
        return entry(
            figure,
            "test",
            files=saved,
            inputs={"table.csv": saved["survival.csv"]},
            code={},
            params={"seed": 1},
            stages=("statistics", "figures"),
            version="0.1.0",
            authors=("Doe, Jane",),
            processor=processor,
        )

    return described


def test_saving_twice_gives_the_same_bytes(figure, tmp_path):
    first = save(figure, tmp_path / "a", PARAMS)
    second = save(figure, tmp_path / "b", PARAMS)
    assert [path.suffix for path in first] == [".csv", ".pdf", ".png", ".svg", ".txt"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_users_own_settings_do_not_change_a_figure(figure, tmp_path):
    from matplotlib import rc_context

    plain = save(figure, tmp_path / "a", PARAMS)
    with rc_context({"font.size": 20, "svg.hashsalt": None, "axes.facecolor": "red"}):
        other = save(figure, tmp_path / "b", PARAMS)
    assert [path.read_bytes() for path in plain] == [path.read_bytes() for path in other]


def test_files_hold_no_date_and_no_version(figure, tmp_path):
    from matplotlib import __version__

    for path in save(figure, tmp_path, PARAMS):
        content = path.read_bytes()
        assert __version__.encode() not in content, path.name
        assert b"CreationDate" not in content, path.name
        assert b"dc:date" not in content, path.name


def test_svg_and_manifest_carry_the_alternative_text(describe, figure, tmp_path):
    described = describe()
    root = ElementTree.parse(tmp_path / "figures" / "survival.svg").getroot()
    by_id = {element.get("id"): element.text for element in root}
    assert root.get("role") == "img"
    assert by_id[root.get("aria-labelledby")] == figure.title
    assert by_id[root.get("aria-describedby")] == described["alt"] == figure.alt


def test_the_alternative_text_is_what_is_drawn_and_what_it_shows(figure):
    drawn = replace(figure, title="Few survive & <less>", caption="Shares, by place. Mean of 1.5.")
    assert drawn.alt == "Shares, by place. Few survive & <less>."
    svg = ElementTree.fromstring(svg_of(drawn, draw(drawn, PARAMS), PARAMS))
    assert drawn.alt in [element.text for element in svg]


def test_manifest_hashes_are_those_of_the_files(describe, figure, tmp_path):
    files = describe()["files"]
    assert len(files) == 5
    for name, digest in files.items():
        content = (tmp_path / "figures" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest


def test_an_entry_names_the_processor_that_it_was_drawn_on(describe):
    assert describe(processor="slide rule") == describe() | {"processor": "slide rule"}


def test_a_manifest_is_sorted_and_read_back(describe, tmp_path):
    first, second = describe() | {"id": "b/x"}, describe() | {"id": "a/x"}
    path = tmp_path / "manifest.json"
    write_manifest([first, second], path)
    assert [item["id"] for item in json.loads(path.read_text())["figures"]] == ["a/x", "b/x"]
    assert read_entries(path.read_text()) == {"a/x": second, "b/x": first}
    assert read_entries(None) == {}


def test_source_changes_with_a_files_name_and_content(tmp_path):
    a = tmp_path / "a.py"
    a.write_text("1")
    first = source_hash({"a.py": a})
    assert source_hash({"b.py": a}) != first
    a.write_text("2")
    assert source_hash({"a.py": a}) != first


def test_a_citation_names_figure_and_version():
    text = bibtex("sample/tone", "How loaded it is", "0.1.0", ["Doe, Jane", "Roe, Rik"])
    assert text.startswith("@misc{reframing-sample-tone,\n  author = {Doe, Jane and Roe, Rik},")
    assert "reframing 0.1.0, results/figures/sample/tone.pdf" in text


def test_a_citation_escapes_what_latex_would_read_as_a_command():
    title = r"40% of A & B_1 {cost} $5 #2 ~x ^y \z: façade “−2”"
    text = bibtex("my-own/tone", title, "0.1.0", ["Doe, Jane"])
    (set_title,) = re.findall(r"^  title = \{\{(.*): my-own\}\},$", text, re.MULTILINE)
    assert not re.search(r"(?<!\\)[%&$#_~^]", set_title.replace("$-$", "−"))
    assert balanced(text)
    assert r"40\% of A \& B\_1" in set_title
    assert "façade “$-$2”" in set_title


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_in_a_citation_is_a_command_of_its_title(text):
    cited = bibtex("sample/tone", text, "0.1.0", ["Doe, Jane"])
    assert balanced(cited)
    known = {r"\textbackslash", r"\textbraceleft", r"\textbraceright", r"\textasciitilde"}
    known |= {r"\textasciicircum", r"\textless", r"\textgreater", r"\textbar", r"\ldots"}
    assert set(re.findall(r"\\[a-zA-Z]+", cited)) <= known
    assert not re.search(r"(?<!\\)[%&#_~^$]", cited.partition("title")[2].partition("\n")[0])


def balanced(text):
    """Whether braces close in the order in which they open, escaped ones included, as BibTeX counts them."""
    depth = 0
    for mark in text:
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            return False
    return depth == 0


def test_the_citation_is_saved_beside_a_figure_as_the_manifest_has_it(describe, figure, tmp_path):
    path = write_citation(figure, "test", tmp_path / "figures", "0.1.0", ("Doe, Jane",))
    assert path.name == "survival.bib"
    assert path.read_text(encoding="utf8") == describe()["citation"] + "\n"


def test_long_labels_are_broken_at_blanks_and_then_shortened():
    text = wrapped("partisan or tabloid rewriting of everything", 20, 6)
    assert text.count("\n") == 1
    assert text.endswith("…")
    assert all(width_mm(line, 6) <= 20 for line in text.split("\n"))
