"""The Arrow schema of each JSON record, for output to Parquet.

Nested objects become structs and lists; objects whose keys are data (features by name, move counts
by slug) become maps, which read back as lists of (key, value).
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

RecordKind = Literal["agreement", "annotation", "coding", "comparison", "pair"]


@lru_cache
def record_schema(kind: RecordKind) -> "pa.Schema":
    """The schema of one kind of record; column order is the key order of the JSON."""
    builders = {
        "agreement": _agreement,
        "annotation": _annotation,
        "coding": _coding,
        "comparison": _comparison,
        "pair": _pair,
    }
    return builders[kind]()


def _agreement() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema(
        [
            ("move", pa.string()),
            ("marked", pa.list_(pa.int64())),
            ("sentences", pa.int64()),
            ("alpha", pa.float64()),
            ("f1", pa.float64()),
        ]
    )


def _coding() -> "pa.Schema":
    import pyarrow as pa

    place = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    move = pa.struct([("move", pa.string()), ("original", place), ("repost", place)])
    return pa.schema([("id", pa.string()), ("moves", pa.list_(move))])


def _annotation() -> "pa.Schema":
    import pyarrow as pa

    span, number, index, word = _span(), pa.float64(), pa.int64(), pa.string()
    scores = [("certainty", number), ("bias", number), ("sentiment", number), ("strength", index)]
    attribution = pa.struct(
        [
            ("source", span),
            ("cue", span),
            ("content", pa.list_(span)),
            ("kind", word),
            ("stance", word),
            ("source_kind", word),
        ]
    )
    marker = pa.struct([*span, ("category", word), ("scope", span)])
    target = pa.struct([("start", index), ("end", index), ("label", word), ("score", number)])
    return pa.schema(
        [
            ("id", word),
            ("n_tokens", index),
            ("sentences", pa.list_(_sentence(*scores))),
            ("attributions", pa.list_(attribution)),
            ("quotes", pa.list_(pa.struct([*span, ("speaker", span)]))),
            ("hedges", pa.list_(marker)),
            ("approximators", pa.list_(marker)),
            ("boosters", pa.list_(marker)),
            ("evaluations", pa.list_(pa.struct([*span, ("polarity", word)]))),
            ("targets", pa.list_(target)),
            ("features", pa.map_(word, number)),
        ]
    )


def _comparison() -> "pa.Schema":
    import pyarrow as pa

    span, number, index, word = _span(), pa.float64(), pa.int64(), pa.string()
    indices, side = pa.list_(index), pa.struct([("id", word)])
    link = [("original", indices), ("repost", indices), ("relation", word), ("score", number)]
    claim = [("original", index), ("repost", index), ("strength", indices), ("change", word)]
    move = pa.struct(
        [
            ("move", word),
            ("original", span),
            ("repost", span),
            ("sentences", pa.struct([("original", indices), ("repost", indices)])),
            ("score", number),
            ("explanation", word),
        ]
    )
    sentences = pa.struct(
        [
            ("original", pa.list_(_sentence())),
            ("repost", pa.list_(_sentence(("support", number)))),
        ]
    )
    summary = [("relation", word), ("survival", number), ("moves", pa.map_(word, index))]
    return pa.schema(
        [
            ("id", word),
            ("original", side),
            ("repost", side),
            ("sentences", sentences),
            ("alignment", pa.list_(pa.struct(link))),
            ("claims", pa.list_(pa.struct(claim))),
            ("moves", pa.list_(move)),
            ("summary", pa.struct(summary)),
        ]
    )


def _pair() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema(
        [
            ("a", pa.string()),
            ("b", pa.string()),
            ("relation", pa.string()),
            ("direction", pa.string()),
            ("confidence", pa.float64()),
            ("evidence", pa.list_(pa.string())),
            ("score", pa.float64()),
        ]
    )


def _span() -> "pa.StructType":
    import pyarrow as pa

    return pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])


def _sentence(*scores: "tuple[str, pa.DataType]") -> "pa.StructType":
    import pyarrow as pa

    place = [("start", pa.int64()), ("end", pa.int64()), ("section", pa.string())]
    return pa.struct([*place, *scores])
