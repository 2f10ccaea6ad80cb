"""Given pairs of an original and its repost, for `compare --pairs`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from reframing.errors import InputError
from reframing.readers.articles import OnError, checked, records, report
from reframing.readers.fields import article_of, is_absent
from reframing.records import Article


@dataclass(frozen=True, slots=True)
class GivenPair:
    """An original and its repost under one id."""

    id: str
    original: Article
    repost: Article


def read_pairs(
    path: Path | str, stdin: IO[bytes] | None = None, on_error: OnError | None = None
) -> Iterator[GivenPair]:
    """Pairs of a JSON Lines file or `-`: `{"id", "original": {article}, "repost": {article}}`.

    Raises `InputError` with file, record and field (`repost.body`); with `on_error` that is called
    instead and the rest is read. Ids are unique among the pairs; an article may stand in many pairs.
    """
    if str(path) != "-" and Path(path).suffix.lower() != ".jsonl":
        report(InputError("must be JSON Lines with the suffix .jsonl, or -", str(path)), on_error)
        return
    places: dict[str, int] = {}
    for number, pair in checked(records(path, stdin), str(path), pair_of, on_error):
        if pair.id in places:
            problem = (
                f"'{pair.id}' stands twice, first in record {places[pair.id]}; ids must differ"
            )
            report(InputError(problem, str(path), number, "id"), on_error)
            continue
        places[pair.id] = number
        yield pair


def pair_of(record: Any) -> GivenPair:
    """The pair that a record holds; `InputError` names the record by its id, and the field."""
    if not isinstance(record, Mapping):
        raise InputError('must be an object {"id", "original": {…}, "repost": {…}}')
    id = record.get("id")
    if is_absent(id):
        raise InputError("is missing; every pair needs one", field="id")
    if not isinstance(id, str | int) or isinstance(id, bool) or not str(id).strip():
        raise InputError("must be text", field="id")
    return GivenPair(str(id), *(_side(record, side, str(id)) for side in ("original", "repost")))


def _side(record: Mapping[str, Any], side: str, id: str) -> Article:
    if is_absent(record.get(side)):
        raise InputError("is missing; a pair needs both articles", None, id, side)
    try:
        return article_of(record[side])
    except InputError as error:
        field = side if error.field is None else f"{side}.{error.field}"
        raise InputError(error.problem, None, id, field) from None
