"""params.yaml and the dataclasses that it is read into."""

import copy
import dataclasses
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from ruamel.yaml import YAML

from reframing.documents.errors import InputError
from reframing.documents.params import Params, corpus_named, parse_params, read_params

FILE = Path(__file__).resolve().parents[2] / "params.yaml"
RAW = YAML(typ="safe").load(FILE.read_text(encoding="utf8"))
SECTIONS = {
    name: kind for name, kind in get_type_hints(Params).items() if dataclasses.is_dataclass(kind)
}


def changed(section: str, key: str, value: Any) -> dict[str, Any]:
    raw = copy.deepcopy(RAW)
    raw[section][key] = value
    return raw


def test_every_parameter_has_a_comment() -> None:
    text = FILE.read_text(encoding="utf8")
    before, _, after = text.partition("\nestimands:\n")
    assert before.endswith("are corrected together for being many.")
    lines = [*before.splitlines(), *after.partition("\n\n")[2].splitlines()]
    values = [line for line in lines if line.startswith("  ") and not line.lstrip().startswith("#")]
    assert [line for line in values if "#" not in line and "reader:" not in line] == []


def test_corpora_are_read_by_name() -> None:
    corpora = read_params(FILE).corpora
    assert corpora["sample"].constructed
    assert [name for name, corpus in corpora.items() if corpus.constructed] == ["sample"]


def test_unknown_key_is_named() -> None:
    with pytest.raises(InputError, match=r"field 'pair\.shingle_word': is unknown"):
        parse_params(changed("pair", "shingle_word", 3))


def test_missing_key_is_named() -> None:
    raw = copy.deepcopy(RAW)
    del raw["align"]["edited"]
    with pytest.raises(InputError, match=r"field 'align\.edited': is missing"):
        parse_params(raw)


def test_missing_section_is_named() -> None:
    raw = {name: values for name, values in RAW.items() if name != "figures"}
    with pytest.raises(InputError, match="field 'figures': is missing"):
        parse_params(raw)


def test_section_that_is_no_mapping_is_named() -> None:
    with pytest.raises(InputError, match="field 'compare': must be a mapping"):
        parse_params(RAW | {"compare": None})


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("prepare", "min_words", "forty"),
        ("prepare", "min_words", 40.5),
        ("prepare", "min_words", True),
        ("align", "min_score", "0.4"),
        ("align", "min_score", True),
        ("annotate", "profile", 1),
    ],
)
def test_value_of_another_type_is_named(section: str, key: str, value: Any) -> None:
    with pytest.raises(InputError, match=rf"field '{section}\.{key}': must be"):
        parse_params(changed(section, key, value))


def test_whole_number_is_taken_for_a_float() -> None:
    score = parse_params(changed("compare", "min_score", 1)).compare.min_score
    assert isinstance(score, float)
    assert score == 1.0


@pytest.mark.parametrize("corpora", [None, [], "sample"])
def test_corpora_that_are_no_mapping_are_named(corpora: Any) -> None:
    with pytest.raises(InputError, match="field 'corpora': must be a mapping"):
        parse_params(RAW | {"corpora": corpora})


@pytest.mark.parametrize("seed", [None, "7", 7.5, True])
def test_seed_that_is_no_whole_number_is_named(seed: Any) -> None:
    with pytest.raises(InputError, match="field 'seed': must be int"):
        parse_params(RAW | {"seed": seed})


def test_incomplete_corpus_is_named() -> None:
    raw = RAW | {"corpora": {"mine": {"reader": "articles"}}}
    with pytest.raises(InputError, match=r"field 'corpora\.mine\.constructed': is missing"):
        parse_params(raw)


def test_corpus_that_does_not_say_whether_it_is_directed_is_named() -> None:
    raw = RAW | {"corpora": {"mine": {"reader": "articles", "constructed": False}}}
    with pytest.raises(InputError, match=r"field 'corpora\.mine\.directed': is missing"):
        parse_params(raw)


def test_unknown_corpus_is_named_with_those_that_are_known() -> None:
    known = parse_params(RAW).corpora
    assert corpus_named("sample", known).directed
    with pytest.raises(InputError, match=r"field 'corpora\.mine': is no corpus; there are sample"):
        corpus_named("mine", known)


def test_empty_file_is_an_input_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("", encoding="utf8")
    with pytest.raises(InputError, match=r"params\.yaml: must be a mapping"):
        read_params(path)


def test_file_that_is_no_yaml_is_named_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("seed: [1,\nother: }", encoding="utf8")
    with pytest.raises(InputError, match=r"params\.yaml: is not YAML") as caught:
        read_params(path)
    assert "\n" not in str(caught.value)


def test_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml: cannot be read"):
        read_params(tmp_path / "none.yaml")
