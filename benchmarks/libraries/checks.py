"""Parameters, manifests and stand-off annotations: which faults are refused, and whether by name."""

import copy
import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from benchmarks.libraries.measuring import OURS, Compared, Values, examples, quiet, timed
from reframing.documents.errors import InputError


def wrong_params() -> tuple[Any, list[tuple[Any, list[str]]]]:
    """params.yaml as read, and copies with one fault each, with the field at fault."""
    from documents import test_params as tests

    wrong: list[tuple[Any, str]] = [
        (tests.changed("pair", "shingle_word", 3), "shingle_word"),
        (tests.RAW | {"compare": None}, "compare"),
        ({name: value for name, value in tests.RAW.items() if name != "figures"}, "figures"),
        (tests.RAW | {"corpora": {"mine": {"reader": "articles"}}}, "constructed"),
    ]
    missing = copy.deepcopy(tests.RAW)
    del missing["align"]["edited"]
    wrong.append((missing, "edited"))
    cases = examples(tests.test_value_of_another_type_is_named)
    wrong += [(tests.changed(*case), case[1]) for case in cases]
    others: dict[str, list[Any]] = {"seed": [None, "7", 7.5, True], "corpora": [None, [], "sample"]}
    for field, values in others.items():
        wrong += [(tests.RAW | {field: value}, field) for value in values]
    for section, key, value in (
        ("prepare", "min_words", -1),
        ("align", "min_score", 1.5),
        ("statistics", "interval", 95),
        ("annotate", "profile", "ful"),
    ):
        wrong.append((tests.changed(section, key, value), key))
    return tests.RAW, [(given, [field]) for given, field in wrong]


def refusals(parse: Callable[[Any], Any], wrong: list[tuple[Any, list[str]]]) -> Values:
    """How many inputs are refused, and how many of them with all the fields at fault in the message."""
    named = []
    for given, fields in wrong:
        try:
            parse(given)
        except Exception as error:
            named.append(all(field in str(error) for field in fields))
    return {"faults refused": (len(named), len(wrong)), "faults named": (sum(named), len(wrong))}


def parameters() -> Compared:
    import cattrs
    import msgspec

    from reframing.documents.params import Params, parse_params

    raw, wrong = wrong_params()
    converter = cattrs.Converter(forbid_extra_keys=True)
    for contender, parse in (
        (OURS, parse_params),
        ("msgspec", lambda given: msgspec.convert(given, Params)),
        ("cattrs", lambda given: converter.structure(given, Params)),
    ):
        parse(raw)
        _, seconds = timed(lambda p=parse: [p(raw) for _ in range(200)])
        yield contender, refusals(parse, wrong) | {"time (ms)": f"{1000 * seconds / 200:.2f}"}


def manifest_model() -> Any:
    """A manifest as pydantic models; what holds between sources is left out."""
    from typing import Annotated

    from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

    from reframing.reading.manifest import SHAPES, _address, _check_path, _local

    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def checked_by(check: Callable[[str], Any]) -> Any:
        def checking(value: str) -> str:
            try:
                check(value)
            except InputError as error:
                raise ValueError(error.problem) from None
            return value

        return AfterValidator(checking)

    def shape(entry: Any) -> str:
        given = set(entry) if isinstance(entry, dict) else set()
        best = max(SHAPES, key=lambda keys: len(keys & given) - len(keys - given))
        return next(key for key in ("files", "url", "local", "commit") if key in best)

    text = Annotated[str, Field(pattern=r"\S")]
    relative = Annotated[str, checked_by(lambda value: _check_path(value, "", ""))]

    class OneFile(Strict):
        path: relative
        bytes: Annotated[int, Field(ge=0)]
        sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]

    class Pinned(Strict):
        repository: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
        commit: Annotated[str, Field(pattern="^[0-9a-f]{40}$")]

    class PinnedFile(Pinned, OneFile):
        pass

    class Files(Pinned):
        files: Annotated[str, Field(pattern=r"^([0-9a-f]{64} [0-9]{1,15} \S.*\n?)+$")]
        names: text | None = None
        column: text | None = None

    class AtUrl(OneFile):
        url: Annotated[text, checked_by(lambda value: _address(value, ""))]

    class Local(OneFile):
        local: Annotated[text, checked_by(lambda value: _local(value, ""))]

    source = Annotated[
        Annotated[PinnedFile, Tag("commit")]
        | Annotated[Files, Tag("files")]
        | Annotated[AtUrl, Tag("url")]
        | Annotated[Local, Tag("local")],
        Discriminator(shape),
    ]

    class Manifest(Strict):
        name: Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
        title: text
        citation: text
        licence: text
        purpose: text
        notes: text
        answers: list[Annotated[str, Field(pattern=r"\.\s*$")]] = Field(default_factory=list)
        limits: list[Annotated[str, Field(pattern=r"\.\s*$")]] = Field(default_factory=list)
        sources: Annotated[list[source], Field(min_length=1)]

    return Manifest


def manifests() -> Compared:
    from ruamel.yaml import YAML

    from reading import test_manifest as tests
    from reframing.reading.manifest import parse_manifest

    files = [YAML(typ="safe").load(file.read_text(encoding="utf8")) for file in tests.MANIFESTS]
    wrong = [
        (tests.manifest(tests.repository_source(path="other"), source), named.split("'")[1::2])
        for source, named in tests.BAD_SOURCES
    ]
    for contender, parse in ((OURS, parse_manifest), ("pydantic", manifest_model().model_validate)):
        taken, seconds = timed(lambda p=parse: sum(quiet(p, raw) is not None for raw in files))
        yield (
            contender,
            refusals(parse, wrong)
            | {
                "manifests taken": (taken, len(files)),
                "time for these (ms)": f"{1000 * seconds:.0f}",
            },
        )


def annotations() -> Compared:
    from bratly.io import parse_ann_file

    from coding import test_brat as tests
    from reframing.coding.brat import parse_brat

    bad = [text for text, _ in examples(tests.test_bad_line_is_refused_with_file_and_line)]
    bad += [text for text, _ in examples(tests.test_ids_must_be_unique_and_defined)]
    good = "T1\tCue 11 15\tsaid\nA1\tNegated T1\nR1\tSame Arg1:T1 Arg2:T1\n"
    for contender, parse in (
        (OURS, lambda given: parse_brat(given, tests.TEXT)),
        ("bratly", lambda given: parse_ann_file(given, "pier.ann")),
    ):
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            refused = sum(quiet(parse, given) is None for given in bad)
            taken = quiet(parse, good) is not None
        yield contender, {"faults refused": (refused, len(bad)), "right annotation taken": taken}
