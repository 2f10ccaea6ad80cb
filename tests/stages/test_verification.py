"""Verification of a rerun: identical, equal within tolerance, or differs and where."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from reframing.commands.main import run
from reframing.documents.errors import InputError
from reframing.stages.verification import Finding, Verdict, of_corpus, results_of, verify

RATES = b"move,rate,n\nhedge-dropped,0.25,12\nagent-added,0.125,12\n"
SHIFTED = RATES.replace(b"0.125", b"0.12500000001")
CHANGED = RATES.replace(b"0.125", b"0.75")
TABLE = "tables/sample/rates.csv"
SVG = "figures/sample/rates.svg"
DRAWN = "figures/sample/rates.csv"
PNG = "figures/sample/rates.png"
CAPTION = "figures/sample/rates.txt"
PAGE = "notebooks/sample/01-how-many.html"
RECORD = "validation.json"
MANIFEST = "figures/manifest.json"
ID = "sample/rates"


def manifest(files: Mapping[str, bytes], id: str = ID, **further: str) -> bytes:
    hashes = {f"results/{path}": hashlib.sha256(files[path]).hexdigest() for path in files}
    return json.dumps({"figures": [{"id": id, "files": hashes, **further}]}).encode()


def published(table: bytes = RATES, drawn: bytes = RATES, svg: bytes = b"<svg/>") -> dict:
    """The files of a study with one table and one figure."""
    figure = {DRAWN: drawn, SVG: svg}
    return {TABLE: table, **figure, MANIFEST: manifest(figure)}


def found(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, Finding]:
    findings = verify(results_of(before), results_of(after), 1e-6)
    return {finding.name: finding for finding in findings}


def verdicts(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, Verdict]:
    return {name: finding.verdict for name, finding in found(before, after).items()}


def test_the_same_results_are_identical():
    assert set(verdicts(published(), published()).values()) == {Verdict.IDENTICAL}


def test_figures_come_before_tables_and_all_are_named():
    findings = list(verify(results_of(published()), results_of(published()), 1e-6))
    assert [(finding.kind, finding.name) for finding in findings] == [
        ("figure", ID),
        ("table", DRAWN),
        ("table", TABLE),
    ]


def test_a_citation_that_reads_differently_is_a_difference():
    figure = {DRAWN: RATES, PNG: b"", "figures/sample/rates.bib": b"@misc{a, title = {Rates}}"}
    other = figure | {"figures/sample/rates.bib": b"@misc{a, title = {Odds}}"}
    before, after = ({**files, MANIFEST: manifest(files)} for files in (figure, other))
    (difference,) = found(before, after)[ID].differences
    assert difference == "figures/sample/rates.bib: the citation reads differently"


def test_a_printed_table_differs_where_a_number_does_and_not_where_a_blank_does():
    path = "tables/print/rates.tex"
    before = {**published(), path: b"hedge & 0.25 \\\\\nagent & 0.13 \\\\\n"}
    spaced = before | {path: b"hedge & 0.25 \\\\  \n\nagent & 0.13 \\\\\n"}
    assert verdicts(before, spaced)[path] == Verdict.EQUAL
    changed = before | {path: b"hedge & 0.25 \\\\\nagent & 0.75 \\\\\n"}
    (difference,) = found(before, changed)[path].differences
    assert "0.13" in difference
    assert "0.75" in difference


def test_numbers_within_tolerance_are_equal():
    assert verdicts(published(), published(table=SHIFTED))[TABLE] is Verdict.EQUAL


def test_a_changed_number_is_named_with_row_column_and_both_values():
    finding = found(published(), published(table=CHANGED))[TABLE]
    assert finding.verdict is Verdict.DIFFERS
    assert finding.differences == ("row 2, column 'rate': '0.125' published, '0.75' rerun",)


@pytest.mark.parametrize(
    ("table", "difference"),
    [
        (
            RATES.replace(b"agent-added", b"agent-dropped"),
            "row 2, column 'move': 'agent-added' pub",
        ),
        (RATES.replace(b"0.25", b""), "row 1, column 'rate': '0.25' published, '' rerun"),
        (RATES.replace(b"rate", b"share"), "columns move,rate,n published, move,share,n rerun"),
        (RATES + b"new,1,1\n", "2 rows published, 3 rerun"),
        (RATES.replace(b"0.25,12", b"0.25,12,1"), "row 1, column '4': None published, '1' rerun"),
        (b"", "columns move,rate,n published,  rerun"),
    ],
)
def test_whatever_else_changes_in_a_table_is_a_difference(table: bytes, difference: str):
    finding = found(published(), published(table=table))[TABLE]
    assert finding.verdict is Verdict.DIFFERS
    assert finding.differences[0].startswith(difference)


def test_a_table_on_one_side_only_differs():
    less = {path: content for path, content in published().items() if path != TABLE}
    assert found(published(), less)[TABLE].differences == ("published, not in the rerun",)
    assert found(less, published())[TABLE].differences == ("in the rerun, not published",)


def test_a_figure_without_a_png_must_be_the_same_bytes():
    finding = found(published(), published(svg=b"<svg id='2'/>"))[ID]
    assert finding.verdict is Verdict.DIFFERS
    assert finding.differences == (f"{SVG}: other bytes, and no png beside it to compare",)


def with_png(width: int, **changed: bytes) -> dict:
    """A study whose figure is a bar so wide, in quarters of a pixel, with a caption."""
    import numpy as np
    from matplotlib.image import imsave

    bar = np.clip(np.arange(4, 204, 4)[None, :] - width, 0, 4) / 4
    imsave(png := BytesIO(), np.repeat(bar, 20, axis=0), format="png", cmap="gray", vmin=0, vmax=1)
    files = published(svg=f"<svg id='{width}'/>".encode())
    drawn = {path: files[path] for path in (DRAWN, SVG)} | {PNG: png.getvalue(), CAPTION: b"Bars"}
    drawn |= {path: changed[path] for path in drawn.keys() & changed.keys()}
    return {**files, **drawn, MANIFEST: manifest(drawn)}


def test_a_figure_that_looks_the_same_is_equal():
    assert verdicts(with_png(100), with_png(101))[ID] is Verdict.EQUAL
    assert verdicts(with_png(100), with_png(101, **{DRAWN: SHIFTED}))[ID] is Verdict.EQUAL


def test_a_figure_that_looks_different_differs():
    finding = found(with_png(100), with_png(112))[ID]
    assert finding.differences == (f"{PNG}: looks different",)


def test_a_figure_with_another_caption_differs():
    finding = found(with_png(100), with_png(100, **{CAPTION: b"Bars."}))[ID]
    assert finding.differences == (f"{CAPTION}: the caption reads differently",)


def test_a_picture_that_is_none_is_bad_input():
    with pytest.raises(InputError, match=f"^{PNG}: is no PNG"):
        found(with_png(100), with_png(100, **{PNG: b"painted"}))


def test_a_figure_of_other_numbers_differs_and_points_to_them():
    finding = found(published(), published(drawn=CHANGED))[ID]
    assert finding.differences == (f"{DRAWN}: see there",)


def test_a_file_that_is_not_the_one_of_its_manifest_differs():
    finding = found(published(), {**published(), SVG: b"painted over"})[ID]
    assert finding.differences == (f"{SVG}: is not the file that the rerun manifest names",)


def test_a_file_that_its_manifest_names_in_vain_differs():
    without = {path: content for path, content in published().items() if path != SVG}
    finding = found(without, published())[ID]
    assert "the published manifest names it, but there is no such file" in finding.differences[0]


def test_a_figure_that_no_manifest_names_is_compared_too():
    bare = {path: content for path, content in published().items() if path != MANIFEST}
    assert verdicts(bare, bare)[ID] is Verdict.IDENTICAL
    assert found(bare, {**bare, SVG: b"painted over"})[ID].verdict is Verdict.DIFFERS


def test_a_figure_on_one_side_only_differs():
    tables = {TABLE: RATES, DRAWN: RATES}
    assert found(published(), tables)[ID].differences == ("published, not in the rerun",)


def test_the_manifest_of_a_corpus_is_newer_than_the_joined_one():
    files = published(svg=b"new")
    joined = manifest({DRAWN: RATES, SVG: b"old"})
    own = files[MANIFEST]
    both = {**files, MANIFEST: joined, "manifests/sample.json": own}
    assert verdicts(files, both)[ID] is Verdict.IDENTICAL


def test_a_corpus_of_which_nothing_was_published_does_not_differ():
    own = {path.replace("sample", "mine"): content for path, content in published().items()}
    del own[MANIFEST]
    rerun = (
        published()
        | own
        | {"manifests/mine.json": manifest({DRAWN.replace("sample", "mine"): RATES}, "mine/rates")}
    )
    found = verdicts(published(), rerun)
    assert {name for name, of in found.items() if of is Verdict.UNPUBLISHED} == {
        "mine/rates", DRAWN.replace("sample", "mine"), TABLE.replace("sample", "mine")
    }  # fmt: skip
    assert {of for name, of in found.items() if "mine" not in name} == {Verdict.IDENTICAL}


@pytest.mark.parametrize("numbers", [("1e999", "2e999"), ("1e999", "5"), ("-1e999", "1e999")])
def test_numbers_beyond_all_others_are_equal_only_as_written(numbers: tuple[str, str]):
    before, after = (RATES.replace(b"0.125", of.encode()) for of in numbers)
    assert verdicts({TABLE: before}, {TABLE: after}) == {TABLE: Verdict.DIFFERS}
    assert verdicts({TABLE: before}, {TABLE: before}) == {TABLE: Verdict.IDENTICAL}


def test_results_can_be_narrowed_to_one_corpus():
    two = {**published(), "tables/goats/rates.csv": CHANGED, "tables/sample-two/rates.csv": RATES}
    narrow = of_corpus(results_of(two), "sample")
    assert narrow.tables == [DRAWN, TABLE]
    assert list(narrow.figures) == [ID]
    assert of_corpus(results_of(two), "goats").figures == {}


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"{}", b'{"figures": [{}]}', b'{"figures": 7}', b"\xff"]
)
def test_a_broken_manifest_is_bad_input(content: bytes):
    with pytest.raises(InputError, match=r"^figures/manifest.json: is no manifest of figures"):
        results_of({MANIFEST: content})


@pytest.mark.parametrize("content", [b"\xff\xfe", b'a,b\n"1,2\n'])
def test_a_broken_table_is_bad_input(content: bytes):
    with pytest.raises(InputError, match=rf"^{TABLE}: is n.* in the rerun results"):
        found(published(), published(table=content))


def page(rate: str, colour: str = "red") -> bytes:
    return f"<style>p {{color: {colour}}}</style><h1>How many?</h1><p>Of all {rate}.</p>".encode()


def test_a_page_that_reads_the_same_is_equal():
    before, after = ({**published(), PAGE: page("12%", colour)} for colour in ("red", "blue"))
    assert verdicts(before, before)[PAGE] is Verdict.IDENTICAL
    assert verdicts(before, after)[PAGE] is Verdict.EQUAL


def test_a_page_that_prints_another_number_differs():
    finding = found(*({**published(), PAGE: page(rate)} for rate in ("12%", "13%")))[PAGE]
    assert (finding.kind, finding.verdict) == ("page", Verdict.DIFFERS)
    expected = "after 'How many?': 'Of all 12%.' published, 'Of all 13%.' rerun"
    assert finding.differences == (expected,)


def record(score: float, low: float = 0.5, **further: object) -> bytes:
    scores = [{"system": "ours", "score": score, "low": low, "high": 0.9, **further}]
    return json.dumps({"measures": [{"slug": "hedges", "scores": scores}]}).encode()


def test_a_record_is_compared_by_its_numbers():
    before = {**published(), RECORD: record(0.7)}
    assert verdicts(before, {**before, RECORD: record(0.703)})[RECORD] is Verdict.EQUAL
    finding = found(before, {**before, RECORD: record(0.71, 0.51)})[RECORD]
    assert finding.differences == (
        "top measures[] 1 scores[] 1, column 'score': '0.7' published, '0.71' rerun",
        "top measures[] 1 scores[] 1, column 'low': '0.5' published, '0.51' rerun",
    )
    more = found(before, {**before, RECORD: record(0.7, by={"outlet": 1})})[RECORD]
    assert more.differences == ("5 rows published, 6 rerun",)
    with pytest.raises(InputError, match=f"^{RECORD}: is no JSON in the rerun results"):
        found(before, {**before, RECORD: b"{"})


def test_processors_are_read_from_the_manifests():
    drawn = {DRAWN: RATES}
    files = {**drawn, MANIFEST: manifest(drawn, processor="abacus with beads")}
    results = results_of(files)
    assert results.processors == {ID: "abacus with beads"}
    assert of_corpus(results, "goats").processors == {}
    assert results_of(published()).processors == {}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.fixture
def rerun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with published results and an equal rerun of them."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "published", published())
    write(tmp_path / "results", published())
    return tmp_path / "results"


def test_an_equal_rerun_gives_code_0(rerun: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["verify", "published"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split() == ["identical", "figure", ID]
    assert shown[-2].startswith("processor: published not recorded; rerun not recorded; this one ")
    assert shown[-1] == "identical: 3 identical, 0 equal within tolerance, 0 differs, here"


def test_a_difference_gives_code_1_and_is_shown(rerun: Path, capsys: pytest.CaptureFixture[str]):
    (rerun / TABLE).write_bytes(CHANGED)
    assert run(["verify", "published", "results"]) == 1
    shown = capsys.readouterr().out
    assert f"differs, here           table {TABLE}\n    row 2, column 'rate': '0.125'" in shown


def test_the_tolerance_can_be_chosen(rerun: Path):
    (rerun / TABLE).write_bytes(CHANGED)
    assert run(["verify", "published", "--tolerance", "0.9"]) == 0


def test_many_differences_are_counted(rerun: Path, capsys: pytest.CaptureFixture[str]):
    for place, value in (("published", b"a"), ("results", b"b")):
        (rerun.parent / place / TABLE).write_bytes(b"x\n" + (value + b"\n") * 30)
    assert run(["verify", "published"]) == 1
    assert "    … and 20 more\n" in capsys.readouterr().out


def test_one_corpus_can_be_verified_alone(rerun: Path):
    write(rerun, {"tables/goats/rates.csv": RATES})
    write(Path("published"), {"tables/goats/rates.csv": CHANGED})
    assert run(["verify", "published"]) == 1
    assert run(["verify", "published", "--corpus", "sample"]) == 0


def test_published_results_can_be_a_git_revision(rerun: Path, capsys: pytest.CaptureFixture[str]):
    git = ["git", "-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "results"], ["commit", "-qm", "Publish"]):
        subprocess.run([*git, *command], check=True)
    assert run(["verify", "HEAD"]) == 0
    (rerun / TABLE).write_bytes(CHANGED)
    assert run(["verify", "HEAD"]) == 1
    assert "3 identical" not in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("verify gone", "gone: is neither a folder nor a git revision here"),
        ("verify published gone", "gone: there is no such folder"),
        ("verify published --corpus goats", "holds no results of corpus 'goats'"),
        ("verify .", "holds no results; expected tables/ and figures/"),
        ("verify published broken", "broken/figures/manifest.json: is no manifest"),
        ("verify -- --help", "is neither a folder nor a git revision"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    rerun: Path, capsys: pytest.CaptureFixture[str], call: str, problem: str
):
    write(rerun.parent / "broken", {MANIFEST: b"{"})
    assert run(call.split()) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert problem in err


def parquet(rate: float) -> bytes:
    import pandas as pd

    out = BytesIO()
    pd.DataFrame({"move": ["hedge-dropped", "agent-added"], "rate": [0.25, rate]}).to_parquet(out)
    return out.getvalue()


def test_parquet_tables_are_compared_by_their_rows():
    table = "tables/sample/moves.parquet"
    before = {table: parquet(0.125)}
    assert verdicts(before, before)[table] is Verdict.IDENTICAL
    assert verdicts(before, {table: parquet(0.12500000001)})[table] is Verdict.EQUAL
    finding = found(before, {table: parquet(0.75)})[table]
    assert finding.differences == ("row 2, column 'rate': '0.125' published, '0.75' rerun",)
    with pytest.raises(InputError, match=r"moves\.parquet: is no Parquet table"):
        verdicts(before, {table: b"PAR1"})
