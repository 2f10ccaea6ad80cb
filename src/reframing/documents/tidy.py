"""Tidy tables: one row a thing, plain columns, each with type, unit and meaning in `tables.tsv`.

They are what a reader of a study counts with. `load` gives one as a pandas DataFrame; a file whose columns are
not those of `tables.tsv` is an `InputError` that names file and column, when it is written and when it is read.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.files import CORPUS, articles, open_bytes
from reframing.documents.records import Article
from reframing.documents.tables import read_records
from reframing.documents.writers import replacing

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FOLDER = Path("results/tables")
_ARROW = {"string": "string", "int": "int32", "float": "float64", "bool": "bool_"}
_PANDAS = {"string": "string", "int": "Int64", "float": "float64", "bool": "bool"}


class Column(NamedTuple):
    """A column of a tidy table; where `optional`, a value may be missing."""

    name: str
    type: str
    optional: bool
    unit: str
    meaning: str


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table in their order; an unknown name is an `InputError`."""
    text = (resources.files("reframing") / "documents" / "tables.tsv").read_text(encoding="utf8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    found = tuple(
        Column(
            row["column"],
            row["type"].removesuffix("?"),
            row["type"].endswith("?"),
            row["unit"] or "",
            row["meaning"],
        )
        for row in rows
        if row["table"] == table
    )
    if not found:
        known = ", ".join(dict.fromkeys(row["table"] for row in rows))
        raise InputError(f"'{table}' is no table; there are {known}", field="table")
    return found


def schema_of_table(table: str) -> "pa.Schema":
    """The Arrow schema of a table, with unit and meaning as metadata of each column."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(
                column.name,
                getattr(pa, _ARROW[column.type])(),
                column.optional,
                {"unit": column.unit, "meaning": column.meaning},
            )
            for column in columns_of(table)
        ]
    )


def write_tidy(path: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the rows of a table; the same rows give the same bytes.

    Raises `InputError` where a row has other columns, or nothing in one that must have a value.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = list(rows)
    columns = columns_of(table)
    names = [column.name for column in columns]
    for number, row in enumerate(rows):
        if list(row) != names:
            raise InputError(f"has the columns {', '.join(row)}", str(path), number)
        empty = [c.name for c in columns if row[c.name] is None and not c.optional]
        if empty:
            raise InputError("must have a value", str(path), number, empty[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        made = pa.Table.from_pylist(rows, schema=schema_of_table(table))
        pq.write_table(made, file, compression="zstd")


def read_tidy(path: Path, table: str) -> "pd.DataFrame":
    """A table with the columns of `tables.tsv`; columns of whole numbers and text can have missing values."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_bytes(path) as stream:
            found = pq.read_table(stream)
    except InputError as error:
        problem = f"{error.problem}; run the stage `statistics`"
        raise InputError(problem, str(path)) from None
    except (OSError, ValueError, pa.ArrowException) as error:
        problem = f"is not a readable table ({error}); run the stage `statistics`"
        raise InputError(problem, str(path)) from error
    expected = schema_of_table(table)
    for field in expected:
        if field.name not in found.column_names:
            problem = "column is missing; run the stage `statistics`"
            raise InputError(problem, str(path), field=field.name)
        have = found.schema.field(field.name).type
        if have != field.type:
            raise InputError(f"is {have}, expected {field.type}", str(path), field=field.name)
    for name in found.column_names:
        if name not in expected.names:
            raise InputError(f"is not a column of `{table}`", str(path), field=name)
    types = {column.name: _PANDAS[column.type] for column in columns_of(table)}
    return found.to_pandas().astype(types)


def load(
    table: str, corpus: str | None = None, *, text: bool = False, root: Path | None = None
) -> "pd.DataFrame":
    """A table of one corpus: articles, sentences, spans, pairs, links, moves, units or statistics.

    `corpus` is by default that of the environment variable REFRAMING_CORPUS, else the sample. With `text` the
    words are joined to sentences and spans (`text`), to moves and links (`original_text`, `repost_text`), from
    the articles on this machine (the stage `prepare` makes them). `root` is the folder that has params.yaml, by
    default the nearest above the working directory.
    """
    corpus = corpus or os.environ.get(CORPUS) or "sample"
    root = root or root_above()
    frame = read_tidy(root / FOLDER / corpus / f"{table}.parquet", table)
    return _with_text(frame, table, corpus, root) if text else frame


def root_above(folder: Path | None = None) -> Path:
    """The nearest folder, from `folder` (by default the working directory) upwards, that holds params.yaml.

    It is given as a path from `folder`, so that nothing that is made there names this machine.
    """
    folder = folder or Path.cwd()
    for place in (folder, *folder.parents):
        if (place / "params.yaml").is_file():
            return Path(os.path.relpath(place, folder))
    raise InputError("is in no folder above this one; work inside a study", "params.yaml")


def moves_by_lexicon(corpus: str) -> Path:
    """The file of the moves of each unit as the profile without networks finds them; a table `unit_moves`."""
    return FOLDER / "by-lexicon" / f"{corpus}.parquet"


def load_results(name: str, root: Path | None = None) -> "pd.DataFrame":
    """A table of results/tables that belongs to no corpus, such as `validation`, `judged` or `readings`."""
    import pandas as pd

    path = (root or root_above()) / FOLDER / f"{name}.csv"
    try:
        with open_bytes(path) as stream:
            return pd.read_csv(stream)
    except InputError as error:
        raise error.within(str(path)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"is not a readable table: {error}", str(path)) from error


def _with_text(frame: "pd.DataFrame", table: str, corpus: str, root: Path) -> "pd.DataFrame":
    """The words of each row, cut from the articles; None on a side where there are none."""
    texts = {one.id: one.text for one in read_records(root / articles(corpus), Article)}

    def words(ids: Any, starts: Any, ends: Any) -> Any:
        rows = zip(ids, starts.astype("Int64"), ends.astype("Int64"), strict=True)
        return [
            None if missing(start) or id not in texts else texts[id][start:end]
            for id, start, end in rows
        ]

    from pandas import isna as missing

    if table in ("sentences", "spans"):
        return frame.assign(text=words(frame["article"], frame["start"], frame["end"]))
    if table not in ("moves", "links"):
        raise InputError(f"'{table}' has no words to join", field="text")
    pairs = load("pairs", corpus, root=root).set_index("pair")
    sentences = load("sentences", corpus, root=root).set_index(["article", "sentence"])
    for side in ("original", "repost"):
        ids = frame["pair"].map(pairs[side])
        if table == "moves":
            places = frame[[f"{side}_start", f"{side}_end"]]
        else:
            places = sentences.reindex(list(zip(ids, frame[f"{side}_sentence"], strict=True)))
            places = places[["start", "end"]]
        cut = words(ids, places.iloc[:, 0], places.iloc[:, 1])
        frame = frame.assign(**{f"{side}_text": cut})
    return frame
