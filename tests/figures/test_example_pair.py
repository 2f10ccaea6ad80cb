"""The figure `example`: which rows it shows, what is marked, and that it shows no text of other corpora."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import reframing
from reframing.documents import files
from reframing.documents.params import FigureParams, StatisticsParams, read_params
from reframing.documents.records import Article
from reframing.documents.tables import write_records
from reframing.figures.caption import Study
from reframing.figures.example_pair import Tidy, aligned_rows, example, example_rows
from reframing.figures.figure import MM_PER_INCH, draw
from reframing.figures.gallery import open_study, study_figures
from reframing.moves.catalogue import catalogue
from reframing.stages.draw_figures import figures as draw_figures
from reframing.statistics.study_tables import study_tables, write_table
from studied import corpus

ROOT = Path(__file__).parents[2]
CORPORA = read_params(ROOT / "params.yaml").corpora
SAMPLE = ROOT / "data" / "sample" / "articles.jsonl"
STATISTICS = StatisticsParams(flips=200)


def sample_articles():
    rows = map(json.loads, SAMPLE.read_text(encoding="utf8").splitlines())
    return [Article(row["id"], row["body"], row["title"]) for row in rows]


@pytest.fixture(scope="module")
def texts():
    return {article.id: article.text for article in sample_articles()}


@pytest.fixture(scope="module")
def tidy():
    return Tidy(*(reframing.load(name, "sample", root=ROOT) for name in Tidy._fields))


@pytest.fixture(scope="module")
def data(tidy, texts):
    return example_rows(tidy, texts)


@pytest.fixture(scope="module")
def figure(data):
    tables = study_tables(corpus(events=2), STATISTICS, 1)
    return example(Study("A sample", True, True, tables, STATISTICS, example=data))


@pytest.fixture(scope="module")
def drawn(figure):
    """The drawing, and every text in it with its size and box."""
    from matplotlib.text import Text

    drawing = draw(figure, FigureParams())
    drawing.draw_without_rendering()
    found = [text for text in drawing.findobj(Text) if text.get_text()]
    return drawing, [(one.get_text(), one.get_fontsize(), one.get_window_extent()) for one in found]


def test_offsets_are_of_the_words_that_are_shown(data, tidy, texts):
    pair = tidy.pairs.set_index("pair").loc[data["pair"].iloc[0]]
    for side in ("original", "repost"):
        shown = data[data[side].notna()]
        assert len(shown)
        for row in shown.to_dict("records"):
            start, end = row[f"{side}_start"], row[f"{side}_end"]
            assert texts[pair[side]][start:end] == row[side]


def test_every_sure_move_of_the_rows_shown_is_in_the_data(data, tidy):
    moves = tidy.moves[(tidy.moves["pair"] == data["pair"].iloc[0]) & (tidy.moves["score"] >= 0.8)]
    sentences = data[data["move"].isna()]
    ours, theirs = (
        sentences.loc[sentences[side].notna(), "number"] for side in ("original", "repost")
    )
    left_out = moves["repost_sentence"].isna() & moves["original_sentence"].isin(ours)
    inside = moves[moves["repost_sentence"].isin(theirs) | left_out]
    shown = data[data["move"].notna()]
    assert sorted(shown["move"]) == sorted(inside["move"])
    assert list(shown["number"]) == list(range(1, len(shown) + 1))


def test_no_pair_has_more_families_in_as_few_rows(data, tidy):
    shown = {catalogue()[slug].family for slug in data["move"].dropna()}
    sure = tidy.moves[tidy.moves["score"] >= 0.8].merge(
        tidy.pairs.query("condition == 'repost'")["pair"]
    )
    assert len(shown) == sure.groupby("pair")["family"].nunique().max()
    assert data["row"].nunique() <= 4
    assert data["move"].notna().sum() <= 8


def test_the_same_pair_is_chosen_whatever_the_order_of_the_tables(data, tidy, texts):
    shuffled = Tidy(*(table.sample(frac=1, random_state=3) for table in tidy))
    pd.testing.assert_frame_equal(example_rows(shuffled, texts), data)


def test_rows_are_sentences_that_links_connect():
    sentences = pd.DataFrame({"sentence": range(4), "words": [10] * 4})
    links = pd.DataFrame({"original_sentence": [0, 1, 3], "repost_sentence": [0, 0, 2]})
    moves = pd.DataFrame(
        {"original_sentence": [1, 2, None], "repost_sentence": [0, None, 3]},
        index=[7, 8, 9], dtype="Int64",
    )  # fmt: skip
    rows = aligned_rows(sentences, sentences, links, moves)
    assert [(row.original, row.repost, row.moves) for row in rows] == [
        ((0, 1), (0,), (7,)),
        ((2,), (), (8,)),
        ((), (1,), ()),
        ((3,), (2,), ()),
        ((), (3,), (9,)),
    ]


def test_each_move_is_said_with_its_label_and_effect(figure, drawn):
    _, texts = drawn
    told = " ".join(text for text, _, _ in texts)
    for slug in figure.data["move"].dropna():
        assert catalogue()[slug].heading in told
        assert catalogue()[slug].effect.split()[0] in told
    rest = figure.data["rows"].iloc[0] - figure.data["row"].nunique()
    assert f"{rest} more rows of this pair not shown" in told


def test_every_word_of_the_rows_is_drawn_large_enough_and_inside_the_page(figure, drawn):
    drawing, texts = drawn
    assert round(drawing.get_size_inches()[0] * MM_PER_INCH) == 183
    drawn = [text for text, _, _ in texts]
    sentences = figure.data[figure.data["move"].isna()]
    for side in ("original", "repost"):
        for sentence in sentences[side].dropna():
            assert set(sentence.split()) <= set(drawn)
    for text, size, box in texts:
        assert size >= (5 if text.isdigit() else 6)
        assert drawing.bbox.padded(0.01).containsx(box.x0), text
        assert drawing.bbox.padded(0.01).containsx(box.x1), text
        assert drawing.bbox.padded(0.01).containsy(box.y0), text
        assert drawing.bbox.padded(0.01).containsy(box.y1), text


def test_words_do_not_overlap(drawn):
    _, texts = drawn
    for number, (text, _, box) in enumerate(texts):
        for other, _, other_box in texts[number + 1 :]:
            assert not box.padded(-0.5).overlaps(other_box.padded(-0.5)), (text, other)


def test_without_a_sure_move_there_is_no_example(tidy, texts):
    assert example_rows(tidy._replace(moves=tidy.moves[tidy.moves["score"] < 0.8]), texts) is None
    assert example_rows(tidy, {}) is None


# No text of other corpora.


@pytest.fixture
def study_folder(tmp_path, monkeypatch):
    """A folder whose corpus is the sample's tables and texts, declared as written for this project or not."""

    def made(constructed):
        (tmp_path / "data/manifests").mkdir(parents=True)
        (tmp_path / "data/manifests/mine.yaml").write_text("title: Mine\n")
        (tmp_path / "CITATION.cff").write_text("authors:\n  - name: The contributors\n")
        declared = (ROOT / "params.yaml").read_text(encoding="utf8").replace("dpi: 300", "dpi: 50")
        line = f"mine: {{reader: articles, constructed: {constructed}, directed: true}}"
        declared = declared.replace("\ncorpora:\n", f"\ncorpora:\n  {line}\n")
        (tmp_path / "params.yaml").write_text(declared, encoding="utf8")
        folder = tmp_path / "results/tables/mine"
        folder.mkdir(parents=True)
        for name in Tidy._fields:
            shutil.copy(ROOT / f"results/tables/sample/{name}.parquet", folder)
        for name, table in study_tables(corpus(events=2), STATISTICS, 1).items():
            write_table(table, folder / f"{name}.csv")
        write_records(tmp_path / files.articles("mine"), Article, sample_articles())
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return made


def test_a_constructed_corpus_has_an_example(study_folder):
    names = [figure.name for figure in study_figures(open_study("mine", study_folder("true")))]
    assert "example" in names


def test_no_text_of_a_corpus_that_others_wrote_is_opened(study_folder, monkeypatch):
    root = study_folder("false")
    (root / files.articles("mine")).write_bytes(b"not to be read")
    study = open_study("mine", root)
    assert study.example is None
    draw_figures("mine")
    drawn = sorted(path.stem for path in Path("results/figures/mine").glob("*.png"))
    assert drawn == sorted({figure.name for figure in study_figures(study)})
    assert "example" not in drawn


def test_the_example_of_a_study_that_others_wrote_is_not_drawn_if_it_is_handed_in(data):
    tables = study_tables(corpus(events=2), STATISTICS, 1)
    handed = Study("Of others", False, True, tables, STATISTICS, example=data)
    assert "example" not in [figure.name for figure in study_figures(handed)]
    with pytest.raises(ValueError, match="written for this project"):
        example(handed)


def test_only_the_sample_is_declared_as_written_for_this_project():
    assert [name for name, declared in CORPORA.items() if declared.constructed] == ["sample"]
