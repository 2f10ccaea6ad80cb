"""Parquet tables of records: what goes in comes out, and another schema is refused by name."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.errors import InputError
from reframing.documents.records import (
    Aligned,
    Annotation,
    Article,
    Attribution,
    Evaluation,
    Link,
    Marker,
    Quote,
    Sentence,
    SentenceScores,
    Span,
    StudyPair,
    Target,
    TargetSentiment,
)
from reframing.documents.tables import read_records, schema_of, write_records

ARTICLE = Article(
    id="a/1",
    body="The dam held – for now.",
    title="“Dam holds”",
    outlet="The Marlow Courier",
    targets=(Target(Span(4, 7)),),
)
ANNOTATION = Annotation(
    id="a/1",
    n_tokens=7,
    sentences=(Sentence(0, 11, "headline", 0), Sentence(12, 34, "lead", 1)),
    scores=(SentenceScores(0.5, 0.0, -0.25, 0), SentenceScores(1.0, 0.125, 0.0, 3)),
    attributions=(
        Attribution(None, Span(1, 2), (Span(3, 4), Span(5, 6)), "mixed", "neutral", "none"),
    ),
    quotes=(Quote(Span(0, 11), Span(1, 10), speech=False),),
    hedges=(Marker(Span(1, 3), "modal", "may"),),
    boosters=(),
    evaluations=(Evaluation(Span(2, 4), "negative"),),
    targets=(TargetSentiment(Span(4, 7), "neutral", 0.0),),
    features={"hedges_per_1000_tokens": 142.857, "boosters_per_1000_tokens": float("inf")},
)
PAIR = StudyPair(
    "p", "flood", "edited", "repost", "edited", "original→repost", 0.9, "flood/a", "flood/b"
)
ALIGNED = Aligned(PAIR, (Link((0, 1), (0,), "rewritten", 0.75),))


@dataclass(frozen=True)
class Count:
    name: str
    n: int


@dataclass(frozen=True)
class Measure:
    name: str
    n: float


@dataclass(frozen=True)
class Named:
    name: str


@pytest.mark.parametrize("record", [ARTICLE, ANNOTATION, ALIGNED], ids=lambda r: type(r).__name__)
def test_records_come_back_as_they_were(tmp_path: Path, record: object) -> None:
    path = tmp_path / "records.parquet"
    assert write_records(path, type(record), [record, record]) == 2
    assert list(read_records(path, type(record))) == [record, record]


@given(body=st.text(max_size=30), title=st.none() | st.text(max_size=10))
@settings(max_examples=40)
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, body: str, title: str | None
) -> None:
    path = tmp_path_factory.mktemp("text") / "articles.parquet"
    article = Article("a", body, title)
    write_records(path, Article, [article])
    assert list(read_records(path, Article)) == [article]


def test_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.parquet", tmp_path / "2.parquet"
    for path in (first, second):
        write_records(path, Annotation, [ANNOTATION] * 3)
    assert first.read_bytes() == second.read_bytes()


def test_order_of_features_does_not_change_the_bytes(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Features:
        values: dict[str, float]

    first, second = tmp_path / "1.parquet", tmp_path / "2.parquet"
    write_records(first, Features, [Features({"a": 1.0, "b": 2.0})])
    write_records(second, Features, [Features({"b": 2.0, "a": 1.0})])
    assert first.read_bytes() == second.read_bytes()


def test_more_records_than_one_batch_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    records = [Count(str(i), i) for i in range(2500)]
    assert write_records(path, Count, iter(records)) == 2500
    assert list(read_records(path, Count)) == records


def test_no_records_make_an_empty_table_with_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    assert write_records(path, Annotation, []) == 0
    assert list(read_records(path, Annotation)) == []
    assert pq.read_schema(path).equals(schema_of(Annotation))


def test_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "names.parquet"
    write_records(path, Named, [Named("a")])
    with pytest.raises(InputError, match=r"names\.parquet: field 'n': column is missing"):
        list(read_records(path, Count))


def test_column_of_another_type_is_named(tmp_path: Path) -> None:
    path = tmp_path / "measures.parquet"
    write_records(path, Measure, [Measure("a", 1.5)])
    with pytest.raises(InputError, match="field 'n': is double, expected int64"):
        list(read_records(path, Count))


def test_column_too_many_is_named(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    write_records(path, Count, [Count("a", 1)])
    with pytest.raises(InputError, match="field 'n': is not a column of Named"):
        list(read_records(path, Named))


def test_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "text.parquet"
    path.write_text("no table", encoding="utf8")
    with pytest.raises(InputError, match=r"text\.parquet: is not a readable Parquet table"):
        list(read_records(path, Count))


def test_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.parquet: there is no such file"):
        list(read_records(tmp_path / "none.parquet", Count))


def test_table_damaged_in_the_middle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    write_records(path, Count, [Count(f"name-{n}", n) for n in range(5000)])
    raw = bytearray(path.read_bytes())
    raw[40:4000] = bytes(3960)
    path.write_bytes(raw)
    with pytest.raises(InputError, match=r"counts\.parquet: is not a readable Parquet table"):
        list(read_records(path, Count))


def test_failure_while_writing_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    write_records(path, Count, [Count("a", 1)])

    def failing():
        yield Count("b", 2)
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write_records(path, Count, failing())
    assert list(read_records(path, Count)) == [Count("a", 1)]
    assert [file.name for file in tmp_path.iterdir()] == ["counts.parquet"]


def test_optional_span_is_a_nullable_struct() -> None:
    kind = schema_of(Attribution).field("source").type
    assert kind == pa.struct([("start", pa.int64()), ("end", pa.int64())])
