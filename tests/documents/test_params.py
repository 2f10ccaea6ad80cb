"""params.yaml and the dataclasses that it is read into."""

import copy
import dataclasses
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from ruamel.yaml import YAML

from reframing.documents.errors import InputError
from reframing.documents.params import Params, corpus_named, parse_params, read_params
from reframing.statistics.effects import check_estimands

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
        ("effects", "least", "ten"),
        ("effects", "power", None),
        ("prepare", "min_words", "forty"),
        ("prepare", "min_words", 40.5),
        ("prepare", "min_words", True),
        ("align", "min_score", "0.4"),
        ("align", "min_score", True),
        ("annotate", "profile", 1),
        ("annotate", "profile", "ful"),
    ],
)
def test_value_of_another_type_is_named(section: str, key: str, value: Any) -> None:
    with pytest.raises(InputError, match=rf"field '{section}\.{key}': must be"):
        parse_params(changed(section, key, value))


def test_whole_number_is_taken_for_a_float() -> None:
    score = parse_params(changed("compare", "min_score", 1)).compare.min_score
    assert isinstance(score, float)
    assert score == 1.0


ESTIMAND = {
    "hypothesis": "Reports become louder", "corpus": "wires", "family": "tone",
    "more": ["booster-added", "hedge-dropped"], "less": [], "kinds": ["rewrite"], "against": [],
    "of": "", "than": "",
}  # fmt: skip


def asking(**how: Any) -> dict[str, Any]:
    return RAW | {"estimands": {"loud": ESTIMAND | how}}


def test_lists_are_read_in_their_order_and_cannot_be_changed() -> None:
    loud = parse_params(asking()).estimands["loud"]
    assert (loud.more, loud.less) == (("booster-added", "hedge-dropped"), ())
    assert (loud.kinds, loud.than) == (("rewrite",), "")


def test_mappings_are_read_by_name() -> None:
    params = parse_params(changed("effects", "reads", {"wires": 300, "sample": 20}))
    assert params.effects.reads == {"wires": 300, "sample": 20}
    assert parse_params(changed("effects", "reads", {})).effects.reads == {}


@pytest.mark.parametrize("value", ["hedge-dropped", None, {"hedge-dropped": 1}, 3])
def test_what_should_be_a_list_and_is_none_is_named(value: Any) -> None:
    with pytest.raises(InputError, match=r"field 'estimands\.loud\.more': must be a list"):
        parse_params(asking(more=value))


@pytest.mark.parametrize("value", [7, None, True, ["rewrite"]])
def test_an_item_of_another_type_is_named_by_its_place_in_the_list(value: Any) -> None:
    problem = r"field 'estimands\.loud\.kinds\.1': must be a valid string, not"
    with pytest.raises(InputError, match=problem):
        parse_params(asking(kinds=["rewrite", value]))


@pytest.mark.parametrize("value", [300, None, ["wires"], "wires: 300"])
def test_what_should_be_a_mapping_and_is_none_is_named(value: Any) -> None:
    with pytest.raises(InputError, match=r"field 'effects\.reads': must be a mapping, not"):
        parse_params(changed("effects", "reads", value))


@pytest.mark.parametrize("value", ["many", 2.5, True, None])
def test_a_value_of_another_type_in_a_mapping_is_named_by_its_key(value: Any) -> None:
    with pytest.raises(
        InputError, match=r"field 'effects\.reads\.wires': must be a valid integer, not"
    ):
        parse_params(changed("effects", "reads", {"sample": 20, "wires": value}))


def test_a_group_that_yaml_reads_as_a_truth_value_is_named() -> None:
    """`of: false` is no text, unlike `of: "false"`."""
    with pytest.raises(
        InputError, match=r"field 'estimands\.loud\.of': must be a valid string, not False"
    ):
        parse_params(asking(of=False))


def test_a_part_of_an_estimand_that_is_missing_or_unknown_is_named() -> None:
    without = {key: value for key, value in ESTIMAND.items() if key != "less"}
    with pytest.raises(InputError, match=r"field 'estimands\.loud\.less': is missing"):
        parse_params(RAW | {"estimands": {"loud": without}})
    with pytest.raises(InputError, match=r"field 'estimands\.loud\.versus': is unknown"):
        parse_params(asking(versus=[]))


def test_every_estimand_is_of_a_corpus_that_is_read_and_of_moves_that_there_are() -> None:
    params = read_params(FILE)
    check_estimands(params.estimands, params.corpora)
    assert set(params.effects.reads) == {one.corpus for one in params.estimands.values()}


def test_a_study_asks_for_a_hypothesis_once() -> None:
    estimands = list(read_params(FILE).estimands.values())
    assert len({one.hypothesis for one in estimands}) == len(estimands)
    for one in estimands:
        assert not set(one.more) & set(one.less)
        assert not set(one.kinds) & set(one.against)


@pytest.mark.parametrize("section", ["corpora", "gold", "estimands"])
@pytest.mark.parametrize("value", [None, [], "sample"])
def test_names_that_are_no_mapping_are_named(section: str, value: Any) -> None:
    with pytest.raises(InputError, match=f"field '{section}': must be a mapping, not"):
        parse_params(RAW | {section: value})


def test_an_estimand_that_is_no_mapping_is_named() -> None:
    with pytest.raises(InputError, match=r"field 'estimands\.loud': must be a mapping"):
        parse_params(RAW | {"estimands": {"loud": ["hedge-dropped"]}})


@pytest.mark.parametrize("seed", [None, "7", 7.5, True])
def test_seed_that_is_no_whole_number_is_named(seed: Any) -> None:
    with pytest.raises(InputError, match="field 'seed': must be a valid integer"):
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
    with pytest.raises(InputError, match=r"none\.yaml: there is no such file"):
        read_params(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("statistics", "interval", 7.5),
        ("statistics", "interval", 1.0),
        ("statistics", "interval", float("nan")),
        ("validate", "resamples", 0),
        ("pair", "bands", 7),
        ("pair", "shingle_words", -1),
        ("pair", "verbatim", float("inf")),
        ("figures", "dpi", 0),
        ("figures", "font_size", 0),
        ("prepare", "max_words", 10**20),
    ],
)
def test_value_out_of_its_range_is_named(section: str, key: str, value: Any) -> None:
    with pytest.raises(InputError, match=rf"field '{section}\.{key}': must "):
        parse_params(changed(section, key, value))


@pytest.mark.parametrize("name", ["../coast", "a/b", "", "\x1b[31m", "a" * 101])
def test_name_of_a_corpus_that_cannot_be_a_folder_is_named(name: str) -> None:
    raw = copy.deepcopy(RAW)
    raw["corpora"][name] = raw["corpora"]["sample"]
    with pytest.raises(InputError, match="field 'corpora"):
        parse_params(raw)
