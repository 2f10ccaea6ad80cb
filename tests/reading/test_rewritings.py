"""Readers of texts that a language model rewrote: what belongs to a rewriting, and what to the model's talk."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from reframing.documents.errors import InputError
from reframing.documents.records import Article
from reframing.reading.corpora import read_corpus
from reframing.reading.fetch import fetch
from reframing.reading.manifest import read_manifest
from reframing.reading.rewritings import HUMAN_PARAGRAPHS, MIXSET, PROMPTS, raidar_starts, rewriting

ROOT = Path(__file__).parents[2]
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT.parent / "shared" / "mirror")
ORIGINAL = "The harbour board closed the old pier on Monday, since two of its piles had given way."
TOLD = "On Monday, the harbour board shut the old pier because two of its piles had failed."


@pytest.mark.parametrize(
    "answer",
    [
        TOLD,
        f'"{TOLD}"',
        f"“{TOLD}”",
        f"Here is a smoother wording:\n\n{TOLD}",
        f'Better wording:\n"{TOLD}"',
        f"A Closure and Its Causes\n\n{TOLD}",
        f"Rework this please: {TOLD}",
    ],
)
def test_words_about_the_task_are_no_part_of_a_rewriting(answer: str):
    assert rewriting(answer, ORIGINAL, "Rework this please") == TOLD


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "Please provide the context so that I can help with this.",
        f'Replaced "old" with "ancient" to avoid repetition. {TOLD}',
        " ".join([TOLD] * 4),
    ],
)
def test_an_answer_that_rewrites_nothing_is_none(answer: str):
    assert rewriting(answer, ORIGINAL) is None


def test_a_list_that_the_text_announces_stays():
    listed = "The harbour board gave two reasons:\n1. Piles had given way.\n2. The pier is old."
    assert rewriting(listed, "The harbour board gave two reasons: piles, and age.") == listed


def test_quotation_marks_of_the_original_stay():
    assert rewriting(f'"{TOLD}"', f'"{ORIGINAL}"') == f'"{TOLD}"'


def test_abstracts_are_unwrapped_and_equal_ones_stand_once(tmp_path: Path):
    item = {
        "input": "The board\nclosed it.",
        **{p: f"{k}:\n\nIt\nshut." for p, k in PROMPTS.items()},
    }
    path = tmp_path / "Arxiv" / "rewrite_arxiv_human_inv.json"
    path.parent.mkdir()
    path.write_text(json.dumps([item, item]), encoding="utf8")
    left_out: list[tuple[str, str]] = []
    found = list(
        read_corpus("raidar-abstracts", tmp_path, lambda id, reason: left_out.append((id, reason)))
    )
    assert found[0] == Article("abstract-0", body="The board closed it.", event="abstract-0")
    assert {a.kind for a in found[1:]} == set(PROMPTS.values())
    assert {(a.body, a.original) for a in found[1:]} == {("It shut.", "abstract-0")}
    assert left_out == [("abstract-1", "same text as abstract-0")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "cannot be read"),
        ("{}", "must be a list"),
        ('[{"input": 3}]', "is missing or no text"),
    ],
)
def test_a_file_of_another_form_is_named(tmp_path: Path, content: str, complaint: str):
    path = tmp_path / "News" / "Human.json"
    path.parent.mkdir()
    path.write_text(content, encoding="utf8")
    with pytest.raises(InputError, match=complaint):
        list(read_corpus("raidar-news", tmp_path))


def test_articles_of_the_wire_service_begin_in_order_and_name_earlier_events():
    starts = raidar_starts()
    firsts = [start.first for start in starts]
    assert firsts == sorted(set(firsts))
    assert firsts[0] == 0
    assert firsts[-1] < HUMAN_PARAGRAPHS
    assert all(start.event in firsts and start.event <= start.first for start in starts)


@pytest.mark.skipif(not MIRROR.is_dir(), reason="no mirror of the corpora")
@pytest.mark.parametrize(
    ("name", "originals", "rewritings"),
    [
        ("raidar-news", 50, dict.fromkeys(PROMPTS.values(), 50)),
        ("raidar-abstracts", 281, dict.fromkeys(PROMPTS.values(), 281)),
        ("mixset", 154, dict.fromkeys(MIXSET.values(), 154)),
    ],
)
def test_the_real_files_hold_what_their_manifests_say(
    tmp_path: Path, name: str, originals: int, rewritings: dict[str, int]
):
    fetch(read_manifest(ROOT / "data" / "manifests" / f"{name}.yaml"), tmp_path, mirror=MIRROR)
    articles = list(read_corpus(name, tmp_path))
    kinds = Counter(article.kind for article in articles)
    assert kinds.pop(None) == originals
    assert kinds.keys() == rewritings.keys()
    assert all(kinds[kind] >= 0.9 * n for kind, n in rewritings.items())
    ids = {article.id for article in articles}
    assert all(article.original in ids for article in articles if article.original)
