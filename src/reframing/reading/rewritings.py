"""Readers for corpora of texts that a language model was asked to polish or rewrite in no particular tone.

The corpora are Raidar (Mao et al. 2024) and MixSet (Zhang et al. 2024). Every rewriting names its original,
and its `kind` is what the prompt asked for. What the model says about the task itself (a preface, quotation
marks around the entire answer) is removed; an answer that is only about the task is skipped.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.records import Article
from reframing.reading.fields import article_of

LeaveOut = Callable[[str, str], None]
"""What a reader calls for each record that it skips, with id and reason."""

PROMPTS = {
    "Revise this with your best effort": "revise",
    "Help me polish this": "polish",
    "Rewrite this for me": "rewrite",
    "Make this fluent while doing minimal change": "fluent",
    "Refine this for me please": "refine",
    "Concise this for me and keep all the information": "concise",
}
"""Raidar's prompts and the `kind` of their rewritings. "Improve this in GPT way" asks for a style: omitted."""

HUMAN_PARAGRAPHS = 387
"""Number of paragraphs at the start of Raidar's news file that people wrote. The rest are machine-generated
reports on the same headlines, with invented speakers and events of later decades, and are not read."""

MIXSET = {
    "gpt4_rewrite": "rewrite",
    "gpt4_polish_sentence": "polish-sentence",
    "gpt4_polish_token": "polish-token",
}
GENRES = ("news", "speech", "paper_abstract")
"""Genres of MixSet that report facts; reviews, blogs and e-mails are skipped."""

MOST_GROWTH = 3
"""Largest ratio of words, rewriting to original; a longer answer responds to the text, or adds to it."""

_STARTS = Path(__file__).with_name("raidar_articles.tsv")
_PHONE = re.compile(r"-- ?[\d (]")
_ABOUT_ITSELF = re.compile(
    r"please (?:also )?(?:provide|specify|share)\b.*\b(?:context|details|information|text)\b"
    r"|\b(?:replaced|changed|corrected) [\"“‘']\w"
    r"|\b(?:polished|refined|revised|corrected) (?:version|text|paragraph|passage)\b",
    re.I,
)
_FIRST_LINE = re.compile(r"([^\n]*\S)(\s*\n\s*)")
_QUOTED = re.compile(r'\s*["“](.*)["”]\s*', re.S)
_WRAPPED = re.compile(r"\s*\n\s*")


class Start(NamedTuple):
    """Where an article of Raidar's news begins: the index of its first paragraph in the file.

    `event` is the same index for the first article on the same event.
    """

    first: int
    event: int


def read_raidar_news(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """Wire-service news from Raidar with GPT-3.5 rewritings, which were made paragraph by paragraph.

    The file lists paragraphs without article boundaries. Where each article begins, and which articles are
    versions of one report, was coded by hand (raidar_articles.tsv). A rewriting is skipped if the model
    replied to one of its paragraphs instead of rewriting it.
    """
    items = _items(folder / "News" / "Human.json", ("input", *PROMPTS))[:HUMAN_PARAGRAPHS]
    starts = raidar_starts()
    ends = [start.first for start in starts[1:]] + [len(items)]
    for start, end in zip(starts, ends, strict=True):
        paragraphs = [one for one in items[start.first : end] if not _PHONE.match(one["input"])]
        if not paragraphs:
            left_out(f"raidar-{start.first}", "no running text")
            continue
        yield from _with_rewritings(
            f"raidar-{start.first}",
            f"raidar-{start.event}",
            [one["input"] for one in paragraphs],
            [
                (kind, prompt, [one[prompt] for one in paragraphs])
                for prompt, kind in PROMPTS.items()
            ],
            left_out,
        )


def read_raidar_abstracts(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """Abstracts of machine-learning papers from Raidar with GPT-3.5 rewritings; duplicates are skipped."""
    path = folder / "Arxiv" / "rewrite_arxiv_human_inv.json"
    seen: dict[str, str] = {}
    for number, item in enumerate(_items(path, ("input", *PROMPTS))):
        id, text = f"abstract-{number}", _unwrapped(item["input"])
        if seen.setdefault(text, id) != id:
            left_out(id, f"same text as {seen[text]}")
            continue
        rewritings = [(kind, prompt, [item[prompt]]) for prompt, kind in PROMPTS.items()]
        yield from _with_rewritings(id, id, [text], rewritings, left_out)


def read_mixset(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """News, speeches and paper abstracts from MixSet with rewritings and polished versions by GPT-4.

    `group` is the genre of the original.

    Raises `InputError` if the files for the three kinds do not list the same texts in the same order.
    """
    parts = folder / "data" / "MixSet" / "separated_files"
    files = {
        kind: _items(
            parts / f"{name}.json", ("category", "HWT_sentence", f"{name}_output"), ("id",)
        )
        for name, kind in MIXSET.items()
    }
    outputs = {kind: f"{name}_output" for name, kind in MIXSET.items()}
    for together in zip(*files.values(), strict=True):
        first = together[0]
        id = f"{first['category'].replace('_', '-')}-{first['id']}"
        if first["category"] not in GENRES:
            left_out(id, "no reporting")
            continue
        for other, kind in zip(together, files, strict=True):
            if (other["id"], other["HWT_sentence"]) != (first["id"], first["HWT_sentence"]):
                problem = f"'{other['id']}' of {kind} rewrites another text than its fellows"
                raise InputError(problem, str(parts), field="HWT_sentence")
        rewritings = [
            (kind, "", [one[outputs[kind]]]) for kind, one in zip(files, together, strict=True)
        ]
        yield from _with_rewritings(
            id, id, [first["HWT_sentence"]], rewritings, left_out, group=first["category"]
        )


def raidar_starts() -> list[Start]:
    """The beginnings of the articles in Raidar's news file, in file order."""
    with _STARTS.open(encoding="utf8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [Start(int(row["first"]), int(row["event"])) for row in rows]


def rewriting(answer: str, original: str, prompt: str = "") -> str | None:
    """The rewritten text in a model's answer, without its remarks about the task.

    Removed are prefaces, a repeated prompt, and quotation marks around the entire answer. Returns None if the
    answer is empty, has more than `MOST_GROWTH` times the words of the original (counted as at least eight),
    or is about the task.
    """
    text = answer.strip()
    while (preface := _FIRST_LINE.match(text)) and _is_preface(preface, original):
        text = text[preface.end() :]
    if prompt and text.lower().startswith(prompt.lower()):
        text = text[len(prompt) :].lstrip(" :\n")
    if (quoted := _QUOTED.fullmatch(text)) and not _QUOTED.fullmatch(original):
        text = quoted[1].strip()
    too_long = len(text.split()) > MOST_GROWTH * max(len(original.split()), 8)
    about_itself = _ABOUT_ITSELF.search(text) and not _ABOUT_ITSELF.search(original)
    return None if not text or too_long or about_itself else text


def _is_preface(line: re.Match[str], original: str) -> bool:
    """Whether a line announces the text or is a heading, with few words from the original."""
    words, of_original = _content(line[1]), set(_content(original))
    announces = line[1][-1] == ":" or (line[2].count("\n") > 1 and line[1][-1] not in ".?!”\"')…")
    return announces and sum(word in of_original for word in words) * 2 < len(words) + 1


def _content(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3]


def _with_rewritings(
    id: str,
    event: str,
    paragraphs: Sequence[str],
    rewritings: Sequence[tuple[str, str, list[str]]],
    left_out: LeaveOut,
    group: str | None = None,
) -> Iterator[Article]:
    body = "\n".join(map(_unwrapped, paragraphs))
    yield article_of({"id": id, "body": body, "event": event, "group": group})
    for kind, prompt, answers in rewritings:
        texts = [rewriting(a, p, prompt) for a, p in zip(answers, paragraphs, strict=True)]
        if None in texts:
            left_out(f"{id}-{kind}", "an answer instead of a rewriting")
            continue
        body = "\n".join(_unwrapped(text) for text in texts if text)
        yield article_of(
            {"id": f"{id}-{kind}", "body": body, "event": event, "kind": kind, "original": id}
        )


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub(" ", text.strip())


def _items(path: Path, texts: Sequence[str], others: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The objects of a JSON list; raises `InputError` where one of the keys is missing or not text."""
    try:
        items = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}; fetch it again", str(path)) from error
    if not isinstance(items, list):
        raise InputError("must be a list of objects", str(path))
    for number, item in enumerate(items, 1):
        for key in (*texts, *others):
            value = item.get(key) if isinstance(item, dict) else None
            if value is None or (key in texts and not isinstance(value, str)):
                raise InputError("is missing or no text", str(path), number, key)
    return items
