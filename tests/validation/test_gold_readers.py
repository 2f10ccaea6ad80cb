"""Readers of gold corpora, on tiny invented files of each format."""

import csv
import json
import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from reframing.documents.errors import InputError
from reframing.documents.records import Span
from validation.exams.babe import NO_LINK, read_babe
from validation.exams.claim_strength import read_claims
from validation.exams.faithfulness import read_qags, read_summedits
from validation.exams.insciout import read_insciout
from validation.exams.newsmtsc import read_newsmtsc
from validation.exams.pei_jurgens import read_certainty, read_certainty_aspects
from validation.exams.sheepdog import read_sheepdog
from validation.exams.szeged import read_szeged
from validation.exams.wnc import read_wnc


def written(folder: Path, path: str, text: str) -> Path:
    """`folder`, in which `path` now holds `text`."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf8")
    return folder


def json_lines(rows: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


SZEGED = "uncertainty/corpora/old/wiki.xml"
XML = (
    "<Annotation><DocumentSet><Document><DocID>Pier_1</DocID>"
    '<DocumentPart type="Title"><Sentence id="S1">Pier</Sentence></DocumentPart>'
    '<DocumentPart type="Text"><Sentence id="S2">It <ccue type="speculation_modal_probable_">may'
    "</ccue> close &amp; reopen.</Sentence></DocumentPart></Document></DocumentSet></Annotation>"
)


def test_szeged_cues_are_spans_of_the_sentence(tmp_path: Path) -> None:
    title, sentence = read_szeged(written(tmp_path, SZEGED, XML))
    assert (title.part, title.cues) == ("Title", ())
    assert sentence.text == "It may close & reopen."
    assert [cue.of(sentence.text) for cue in sentence.cues] == ["may"]
    assert (sentence.document, sentence.types) == ("Pier_1", ("probable",))


def test_szeged_file_that_is_no_xml_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"wiki\.xml: is not XML"):
        list(read_szeged(written(tmp_path, SZEGED, "<Annotation>")))


NEWSMTSC = "NewsSentiment/controller_data/datasets/NewsMTSC-dataset"


def targeted(gid: str, polarity: float = 2.0, mention: str = "Orla Venn") -> dict[str, Any]:
    target = {"from": 0, "to": 9, "mention": mention, "polarity": polarity}
    target["further_mentions"] = [{"from": 21, "to": 24, "mention": "her"}]
    return {
        "primary_gid": gid,
        "sentence_normalized": "Orla Venn failed all her voters.",
        "targets": [target],
    }


def newsmtsc(folder: Path, train: dict[str, Any], test: dict[str, Any]) -> Path:
    written(folder, f"{NEWSMTSC}/train.jsonl", json_lines([train]))
    return written(folder, f"{NEWSMTSC}/devtest_rw.jsonl", json_lines([test]))


def test_newsmtsc_sentence_has_labelled_targets_and_its_own_part(tmp_path: Path) -> None:
    folder = newsmtsc(
        tmp_path, targeted("allsides_7_3_1_x_0_9"), targeted("polusa_v1_55_-1_2_x", 6)
    )
    train, test = read_newsmtsc(folder)
    assert [s.part for s in (train, test)] == ["train", "test"]
    assert [s.targets[0].label for s in (train, test)] == ["negative", "positive"]
    assert train.targets[0].further == (Span(21, 24),)


def test_newsmtsc_document_parts_train_from_test_sentences_of_one_article(tmp_path: Path) -> None:
    folder = newsmtsc(tmp_path, targeted("allsides_7_3_1_x"), targeted("allsides_7_3_9_x"))
    train, test = read_newsmtsc(folder)
    assert train.article == test.article == "allsides_7_3"
    assert train.document != test.document


@pytest.mark.parametrize(
    ("change", "field"),
    [({"mention": "Orla Vern"}, "mention"), ({"polarity": 3.0}, "polarity")],
)
def test_newsmtsc_target_that_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    folder = newsmtsc(tmp_path, targeted("allsides_7_3_1", **change), targeted("allsides_8_3_1"))
    with pytest.raises(InputError, match=rf"record 1: field 'targets\.{field}'"):
        list(read_newsmtsc(folder))


BABE_COLUMNS = (
    *("text", "news_link", "outlet", "topic", "type", "label_bias", "label_opinion"),
    "biased_words",
)


def babe(folder: Path, *rows: Sequence[str]) -> Path:
    path = folder / "data" / "final_labels_SG2.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([BABE_COLUMNS, *rows])
    return folder


SHAM = "A sham vote; a Sham, no shambles."


def babe_row(**changes: str) -> list[str]:
    row = dict.fromkeys(BABE_COLUMNS, "x") | {
        "text": SHAM,
        "label_bias": "Biased",
        "label_opinion": "Entirely factual",
        "biased_words": "['sham']",
    }
    return list((row | changes).values())


def test_babe_words_are_marked_wherever_they_stand_whole(tmp_path: Path) -> None:
    (sentence,) = read_babe(babe(tmp_path, babe_row()))
    assert [span.of(SHAM) for span in sentence.words] == ["sham", "Sham"]
    assert (sentence.biased, sentence.opinion) == (True, "factual")


def test_babe_entry_of_several_words_is_parted_at_commas(tmp_path: Path) -> None:
    (sentence,) = read_babe(babe(tmp_path, babe_row(biased_words="['vote, shambles']")))
    assert [span.of(SHAM) for span in sentence.words] == ["vote", "shambles"]


def test_babe_sentences_without_link_share_a_document(tmp_path: Path) -> None:
    found = read_babe(babe(tmp_path, babe_row(news_link=""), babe_row(news_link="")))
    assert {sentence.document for sentence in found} == {NO_LINK}


def test_babe_sentence_without_majority_is_passed_over(tmp_path: Path) -> None:
    assert list(read_babe(babe(tmp_path, babe_row(label_bias="No agreement")))) == []


@pytest.mark.parametrize("field", ["label_bias", "biased_words"])
def test_babe_value_that_is_unknown_is_named(tmp_path: Path, field: str) -> None:
    with pytest.raises(InputError, match=f"record 1: field '{field}'"):
        list(read_babe(babe(tmp_path, babe_row(**{field: "perhaps"}))))


SENTENCES = "data/annotated_data/sentence-level-certainty.jsonl"
ASPECTS = "data/annotated_data/aspect-level-certainty.jsonl"
FINDING = {"id": 3, "finding": "Figs may help.", "sentence-level-certainty": 2.5, "split": "val"}


def test_finding_keeps_its_rating_and_val_is_dev(tmp_path: Path) -> None:
    (finding,) = read_certainty(written(tmp_path, SENTENCES, json_lines([FINDING])))
    assert (finding.certainty, finding.part) == (2.5, "dev")


def test_rating_beyond_the_scale_is_named(tmp_path: Path) -> None:
    row = FINDING | {"sentence-level-certainty": 6.5}
    with pytest.raises(InputError, match="between 1 and 6"):
        list(read_certainty(written(tmp_path, SENTENCES, json_lines([row]))))


def test_aspects_name_the_same_document_as_the_sentence(tmp_path: Path) -> None:
    row = FINDING | {"aspect-level-certainty": {"Extent": "Uncertain"}}
    folder = written(tmp_path, ASPECTS, json_lines([row]))
    (aspects,) = read_certainty_aspects(folder)
    (finding,) = read_certainty(written(tmp_path, SENTENCES, json_lines([FINDING])))
    assert aspects.aspects == {"Extent": "Uncertain"}
    assert aspects.document == finding.document


def test_wnc_pairs_lines_of_both_files(tmp_path: Path) -> None:
    written(tmp_path, "baselines/test_data/pre.train", "the awful pier .\nit rained .\n")
    written(tmp_path, "baselines/test_data/post.train", "the pier .\nit rained .\n")
    first, second = read_wnc(tmp_path)
    assert (first.biased, first.neutral) == ("the awful pier .", "the pier .")
    assert second.document != first.document


def test_wnc_files_of_different_length_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "baselines/test_data/pre.train", "a\nb\n")
    written(tmp_path, "baselines/test_data/post.train", "a\n")
    with pytest.raises(InputError, match="has 1 lines, its counterpart 2"):
        list(read_wnc(tmp_path))


def claims(folder: Path, label: str = "2") -> Path:
    written(
        folder, "data/annotated_pubmed.csv", "sentence,label\nFigs may help.,2\nFIGS MAY HELP.,2\n"
    )
    rows = f"sentId,sentence,label\n12-ab-0-title,Figs help,3\n12-ab-1-sentence,Nuts too,{label}\n"
    return written(folder, "data/annotated_eureka.csv", rows)


def test_claims_of_one_release_or_with_one_text_share_a_document(tmp_path: Path) -> None:
    found = list(read_claims(claims(tmp_path)))
    assert [claim.source for claim in found] == ["pubmed"] * 2 + ["eureka"] * 2
    assert found[0].document == found[1].document
    assert found[2].document == found[3].document == "12-ab"


def test_strength_off_the_scale_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"annotated_eureka\.csv: record 2: field 'label'"):
        list(read_claims(claims(tmp_path, "4")))


@pytest.mark.parametrize(
    ("abstract", "release", "change"), [(1, 3, "exaggerates"), (2, 2, "same"), (3, 0, "downplays")]
)
def test_change_follows_from_both_strengths(
    tmp_path: Path, abstract: int, release: int, change: str
) -> None:
    row = {
        "original_file_id": "9",
        "press_release_conclusion": "Figs heal.",
        "press_release_strength": release,
        "abstract_conclusion": "Figs may heal.",
        "abstract_strength": abstract,
    }
    (pair,) = read_insciout(written(tmp_path, "data/insciout_train.jsonl", json_lines([row])))
    assert pair.change == change


def test_summaries_of_one_text_share_a_document(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "doc": "Sales rose 4%.", "summary": "Sales rose.", "label": 1},
        {"id": "a", "doc": "Sales rose 4%.", "summary": "Sales fell.", "label": 0},
    ]
    folder = written(tmp_path, "data/summedits/summedits_ectsum.json", json.dumps(rows))
    first, second = read_summedits(folder)
    assert (first.supported, second.supported) == (True, False)
    assert first.document == second.document
    assert first.id != second.id


def qags_row(*votes: str) -> dict[str, Any]:
    responses = [{"worker_id": n, "response": vote} for n, vote in enumerate(votes)]
    return {
        "article": "It rained.",
        "summary_sentences": [{"sentence": "Rain fell.", "responses": responses}],
    }


def test_majority_of_judges_decides(tmp_path: Path) -> None:
    written(tmp_path, "data/mturk_cnndm.jsonl", json_lines([qags_row("yes", "no", "yes")]))
    written(tmp_path, "data/mturk_xsum.jsonl", json_lines([qags_row("no", "no", "yes")]))
    assert [s.supported for s in read_qags(tmp_path)] == [True, False]


def test_vote_that_is_neither_yes_nor_no_is_named(tmp_path: Path) -> None:
    written(tmp_path, "data/mturk_cnndm.jsonl", json_lines([qags_row("maybe")]))
    with pytest.raises(InputError, match=r"field 'responses\.response': must be yes or no"):
        list(read_qags(tmp_path))


def test_retellings_are_loaded_by_the_tone_that_was_asked_for(tmp_path: Path) -> None:
    news = tmp_path / "data" / "news_articles" / "politifact_train.pkl"
    retold = tmp_path / "data" / "reframings"
    for folder in (news.parent, retold):
        folder.mkdir(parents=True)
    told = {"news": ["It rained all day in Penmarra."], "labels": [0]}
    news.write_bytes(pickle.dumps(told))
    for tone in ("sensational", "emotionally_triggering", "objective", "neutral"):
        path = retold / f"politifact_train_{tone}.pkl"
        path.write_bytes(pickle.dumps({"rewritten": [f"A {tone} day of rain in Penmarra."]}))
    found = list(read_sheepdog(tmp_path))
    assert sorted(text.id for text in found if text.loaded) == [
        "politifact-0-emotionally_triggering",
        "politifact-0-sensational",
    ]
    assert {text.document for text in found} == {"politifact-0"}


READERS: list[tuple[Callable[[Path], Any], str]] = [
    (read_szeged, "wiki.xml"),
    (read_newsmtsc, "train.jsonl"),
    (read_babe, "final_labels_SG2.csv"),
    (read_certainty, "sentence-level-certainty.jsonl"),
    (read_wnc, "pre.train"),
    (read_claims, "annotated_pubmed.csv"),
    (read_insciout, "insciout_train.jsonl"),
    (read_summedits, "summedits_ectsum.json"),
    (read_qags, "mturk_cnndm.jsonl"),
]


@pytest.mark.parametrize(("read", "file"), READERS)
def test_missing_file_is_named(tmp_path: Path, read: Callable[[Path], Any], file: str) -> None:
    with pytest.raises(InputError, match=f"{file}: there is no such file"):
        list(read(tmp_path))
