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
from reframing.reading.rewritings import (
    AGAIN,
    HUMAN_PARAGRAPHS,
    MIXSET,
    MODEL_PROMPTS,
    MODELS,
    PROMPTS,
    REPEATS,
    extracted,
    raidar_starts,
    rewriting,
)

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


TASK = "Rework this please"
REPEATED_TASK = f'{TASK}: "{ORIGINAL}"'
SECOND = "It will stay shut until spring."


@pytest.mark.parametrize(
    "answer",
    [
        TOLD,
        f'"{TOLD}"',
        f'Reworked: "{TOLD}"',
        f'Here is another wording: "{TOLD}"\n\nNote: only small changes were made.',
        f"{TOLD}\n\nPlease tell me whether that helps!",
        f"{REPEATED_TASK}\n\nHere is another wording:\n{TOLD}",
        f'{REPEATED_TASK}\nHere is my attempt:\n"{TOLD}"\n\nWould that do?',
        f"{REPEATED_TASK}\nI would like it a little livelier.\n\nHere is my attempt:\n{TOLD}",
        f'{REPEATED_TASK}\n\nHere is another wording:\n"{TOLD} The pier is',
        f"{REPEATED_TASK}\n\nHere is another wording:\n{TOLD}\nThe pier is",
    ],
)
def test_only_the_rewriting_is_taken_from_an_answer_that_goes_on(answer: str):
    assert extracted(answer, ORIGINAL, TASK) == (TOLD, "")


@pytest.mark.parametrize(
    ("after", "problem"),
    [
        ("", "no answer"),
        ("\n\n\n", "no answer"),
        ("\n\nWhat is the main point of the text?", "talk"),
        ("\n\nHere are some suggestions:\n1. Use shorter words:\nFor instance, say shut.", "talk"),
        ("\n\nI have a question. Is it clear?\n\nThank you.", "talk"),
        (f'\n\nHere is the text:\n"{ORIGINAL}', "talk"),
        ('\n\nHere is another wording:\n"On Monday, the harbour board', "cut off"),
    ],
)
def test_an_answer_without_rewriting_has_a_reason(after: str, problem: str):
    found = extracted(REPEATED_TASK + after, ORIGINAL, TASK)
    assert found.text == ""
    assert found.problem.startswith(problem)


def test_a_text_may_end_without_a_full_stop_where_the_original_does():
    address = "Plans are at https://example.org/pier"
    assert extracted(f"{TOLD} {address}", f"{ORIGINAL} {address}", TASK).text == f"{TOLD} {address}"
    assert extracted(f"{TOLD} {address}", ORIGINAL, TASK).text == TOLD


def test_what_the_original_says_before_a_colon_is_no_label():
    named = "The old pier: it is shut."
    assert extracted(named, ORIGINAL, TASK).text == named


def write_models(folder: Path, inputs: list[str], others: list[str] | None = None) -> None:
    (folder / "Arxiv").mkdir(parents=True)
    files = {
        **{file: dict.fromkeys(MODEL_PROMPTS, TOLD) for file in MODELS.values()},
        "uncertain_rewrite_arxiv_human.json": {
            f"{n}_Help me polish this": f"{TOLD} {SECOND}" for n in range(REPEATS)
        },
    }
    for file, answers in files.items():
        texts = others if others and file == MODELS["davinci"] else inputs
        items = [{"input": text, **answers} for text in texts]
        (folder / "Arxiv" / file).write_text(json.dumps(items), encoding="utf8")


def test_every_fourth_abstract_has_all_its_repeats(tmp_path: Path):
    inputs = [f"The board closed\npier {n}." for n in (0, 1, 1, 2, 3, 4)]
    write_models(tmp_path, inputs)
    left_out: list[tuple[str, str]] = []
    found = list(
        read_corpus("raidar-models", tmp_path, lambda id, reason: left_out.append((id, reason)))
    )
    again = [article for article in found if article.kind == AGAIN]
    assert [article.id for article in again] == [
        f"abstract-{number}-{AGAIN}-{n}" for number in (0, 5) for n in range(REPEATS)
    ]
    assert {article.original for article in again} == {"abstract-0", "abstract-5"}
    kinds = Counter(article.kind for article in found)
    assert kinds["llama-fluent"] == kinds["davinci-rewrite"] == kinds[None] == 5
    assert left_out == [("abstract-2", "same text as abstract-1")]


def test_models_that_rewrote_other_texts_are_refused(tmp_path: Path):
    write_models(tmp_path, ["A pier.", "A quay."], others=["A quay.", "A pier."])
    with pytest.raises(InputError, match="other texts") as error:
        list(read_corpus("raidar-models", tmp_path))
    assert MODELS["davinci"] in str(error.value)


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
        ("{", "is not JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ('[{"input": "a", "input": "b"}]', "the key 'input' occurs twice"),
        (f'[{{"input": {"1" * 5000}}}]', "is not usable JSON"),
        ("\0[]", "holds NUL bytes"),
        ("{}", "must be a list"),
        ("[]", "must be a list"),
        ("[null]", "record 1: must be an object"),
        ('[{"input": 3}]', "record 1: field 'input': is missing or no text"),
        (
            json.dumps([{"input": "a", **dict.fromkeys(PROMPTS, "b")}]),
            f"has 1 paragraphs; expected {HUMAN_PARAGRAPHS}",
        ),
    ],
)
def test_a_file_of_another_form_is_named(tmp_path: Path, content: str, complaint: str):
    path = tmp_path / "News" / "Human.json"
    path.parent.mkdir()
    path.write_text(content, encoding="utf8")
    with pytest.raises(InputError, match=rf"Human\.json: .*{complaint}") as caught:
        list(read_corpus("raidar-news", tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("change", ["shorter", "longer", "id of true"])
def test_files_of_mixset_that_do_not_belong_together_are_refused(tmp_path: Path, change: str):
    folder = tmp_path / "data/MixSet/separated_files"
    folder.mkdir(parents=True)
    for number, name in enumerate(MIXSET):
        items = [
            {"category": "news", "id": id, "HWT_sentence": ORIGINAL, f"{name}_output": TOLD}
            for id in (1, 2)
        ]
        if number == 1:
            items = {
                "shorter": items[:1],
                "longer": [*items, items[0]],
                "id of true": [{**items[0], "id": True}, items[1]],
            }[change]
        (folder / f"{name}.json").write_text(json.dumps(items), encoding="utf8")
    problem = "field 'id': is missing" if change == "id of true" else "texts, rewrite 2"
    with pytest.raises(InputError, match=problem):
        list(read_corpus("mixset", tmp_path))


def test_an_answer_without_words_is_left_out():
    assert extracted("\0" * 50, ORIGINAL, "Rework this").text == ""


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


@pytest.mark.skipif(not MIRROR.is_dir(), reason="no mirror of the corpora")
def test_the_answers_of_other_models_are_as_the_manifest_says(tmp_path: Path):
    manifest = ROOT / "data" / "manifests" / "raidar-models.yaml"
    fetch(read_manifest(manifest), tmp_path, mirror=MIRROR)
    reasons: list[str] = []
    articles = list(
        read_corpus("raidar-models", tmp_path, lambda id, why: reasons.append(f"{id} {why}"))
    )
    body = {article.id: article.body for article in articles}
    kinds = Counter((article.kind or "original").rpartition("-")[0] for article in articles)
    same = Counter(
        article.kind
        for article in articles
        if article.original and article.body == body[article.original]
    )
    llama = [reason for reason in reasons if "llama" in reason]
    said = " ".join(read_manifest(manifest).notes.split())
    for number in (
        f"{kinds['davinci']} answers of text-davinci-002",
        f"{sum(same.values())} repeat the abstract word for word "
        f"(fluent {same['davinci-fluent']}, polish {same['davinci-polish']}, "
        f"rewrite {same['davinci-rewrite']})",
        f"{kinds['llama']} of its {kinds['llama'] + len(llama)} answers",
        f"{sum('talk' in reason for reason in llama)} talk about the text",
        f"{sum('no answer' in reason for reason in llama)} are empty",
        f"{sum('cut off' in reason for reason in llama)} end within their first sentence",
    ):
        assert number in said
    assert kinds["gpt-3.5"] >= 0.99 * REPEATS * (281 // 4 + 1)
