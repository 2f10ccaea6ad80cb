"""Splits of gold corpora: by document, seeded, reproducible from the file and from the seed."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_gold_readers import SZEGED, newsmtsc, targeted, written

from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from validation.split_rules import RULES, Choices, clusters, overlaps, split_corpus
from validation.splits import Assignment, cut, digest, part_of, read_split, write_split

ROOT = Path(__file__).resolve().parents[2]
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT / "../shared/mirror") / "github.com"
DOCUMENTS = [f"paper-{number}" for number in range(200)]
WIRE = "the harbour master said on monday that both ferries would stay in port until the storm had passed"


def test_cut_gives_the_shares_that_were_asked_for() -> None:
    counts = Counter(at.part for at in cut(DOCUMENTS, 0.1, 0.2, 7).values())
    assert counts == {"test": 40, "dev": 20, "train": 140}


def test_cut_depends_on_the_seed_alone() -> None:
    assert cut(DOCUMENTS, 0.1, 0.2, 7) == cut(reversed(DOCUMENTS), 0.1, 0.2, 7)
    assert cut(DOCUMENTS, 0.1, 0.2, 7) != cut(DOCUMENTS, 0.1, 0.2, 8)


def test_folds_are_of_one_size_and_a_fifth_for_test_is_the_first() -> None:
    assigned = cut(DOCUMENTS, 0.1, 0.2, 7).values()
    assert Counter(at.fold for at in assigned) == dict.fromkeys(range(5), 40)
    assert {at.fold for at in assigned if at.part == "test"} == {0}


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_documents_of_a_group_stay_together(seed: int) -> None:
    groups = {document: document[:7] for document in DOCUMENTS}
    assigned = cut(DOCUMENTS, 0.3, 0.3, seed, groups)
    for group in set(groups.values()):
        members = [d for d in DOCUMENTS if groups[d] == group]
        assert len({assigned[digest(d)].part for d in members}) == 1


def test_split_survives_its_file(tmp_path: Path) -> None:
    split = cut(DOCUMENTS, 0.1, 0.2, 7) | {digest("x"): Assignment("excluded", None, "shares 0.30")}
    write_split(tmp_path / "split.tsv", split)
    assert read_split(tmp_path / "split.tsv") == split


def test_line_that_is_no_row_of_a_split_is_named(tmp_path: Path) -> None:
    path = tmp_path / "split.tsv"
    path.write_text("document\tpart\tfold\treason\n0f\tvalid\t\t\n", encoding="utf8")
    with pytest.raises(InputError, match=r"split\.tsv: record 1: is no row of a split"):
        read_split(path)


def test_absent_split_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run the stage `split`"):
        read_split(tmp_path / "none.tsv")


def test_document_that_no_part_holds_is_an_error() -> None:
    with pytest.raises(InputError, match=f"document {digest('new')} is in no part"):
        part_of(cut(DOCUMENTS, 0.1, 0.2, 7), "new")


def test_overlap_is_the_share_of_the_smaller_text() -> None:
    (found,) = overlaps({"short": WIRE}, {"long": f"{WIRE} and the wind had dropped by then"})
    assert found.share == 1.0


def test_texts_without_eight_words_in_common_do_not_overlap() -> None:
    words = WIRE.split()
    mixed = " ".join(word for i in range(0, len(words), 7) for word in [*words[i : i + 7], "stop"])
    assert list(overlaps({"a": WIRE}, {"b": mixed})) == []


def test_copies_of_copies_share_a_cluster() -> None:
    middle = f"{WIRE} nobody on the quay had seen anything like it in forty years of fishing there"
    last = " ".join(middle.split()[-16:])
    found = clusters({"a": WIRE, "b": middle, "c": last, "d": "quite another story"}, 0.2)
    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_sentences_of_train_from_a_reported_article_are_excluded(tmp_path: Path) -> None:
    folder = newsmtsc(tmp_path, targeted("allsides_7_3_1_x"), targeted("allsides_7_3_9_x"))
    split = split_corpus("newsmtsc", folder, Choices(0.1, 0, 0.2, 7))
    assert part_of(split, "test/allsides_7_3") == "test"
    assert part_of(split, "train/allsides_7_3") == "excluded"


def test_documents_that_the_hedge_lexicon_was_made_on_are_not_reported(tmp_path: Path) -> None:
    documents = "".join(
        f'<Document><DocID>{n}</DocID><DocumentPart type="Text"><Sentence>x</Sentence>'
        "</DocumentPart></Document>"
        for n in range(10)
    )
    folder = written(tmp_path, SZEGED, f"<Annotation>{documents}</Annotation>")
    split = split_corpus("szeged", folder, Choices(0, 1, 0.2, 7))
    assert [part_of(split, str(n)) for n in range(10)] == ["excluded", "test"] * 5


def test_corpus_without_a_rule_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'pier' is no gold corpus; expected babe"):
        split_corpus("pier", tmp_path, Choices(0, 0, 0, 0))


def test_every_gold_corpus_of_the_parameters_has_a_rule() -> None:
    assert set(read_params(ROOT / "params.yaml").gold) == set(RULES)


REPOSITORIES = {
    "polnear": "networkdynamics/PolNeAR",
    "szeged": "meyersbs/uncertainty",
    "newsmtsc": "fhamborg/NewsMTSC",
    "babe": "Media-Bias-Group/*",
    "certainty": "Jiaxin-Pei/*",
    "wnc": "rpryzant/neutralizing-bias",
    "claims": "junwang4/*",
    "insciout": "copenlu/*",
    "summedits": "salesforce/factualNLG",
    "qags": "W4ngatang/qags",
}


@pytest.mark.mirror
@pytest.mark.parametrize("corpus", REPOSITORIES)
def test_committed_split_follows_from_the_data_and_the_seed(corpus: str) -> None:
    folders = sorted(MIRROR.glob(f"{REPOSITORIES[corpus]}/*/"))
    if not folders:
        pytest.skip(f"no mirror of {corpus}")
    params = read_params(ROOT / "params.yaml")
    shares = params.gold[corpus]
    choices = Choices(shares.dev, shares.test, params.split.near_duplicate, params.seed)
    made = split_corpus(corpus, folders[0], choices)
    assert made == read_split(ROOT / "data" / "splits" / f"{corpus}.tsv")
