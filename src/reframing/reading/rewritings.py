"""Readers for corpora of texts that a language model was asked to polish or rewrite in no particular tone.

The corpora are Raidar (Mao et al. 2024) and MixSet (Zhang et al. 2024). Every rewriting names its original,
and its `kind` is what the prompt asked for, with the model where there are several. What the model says about
the task itself (a preface, quotation marks around the entire answer) is removed; an answer that is only about
the task is skipped.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.files import read_bytes
from reframing.documents.records import Article
from reframing.documents.sentences import sentence_spans
from reframing.reading.fields import article_of, decode, strict_json

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

MODELS = {
    "llama": "llama_rewrite_arxiv_human_inv.json",
    "davinci": "text-davinci-002_rewrite_arxiv_human_inv.json",
}
"""Models besides GPT-3.5 that rewrote Raidar's abstracts, and their files."""

MODEL_PROMPTS = {
    prompt: kind for prompt, kind in PROMPTS.items() if kind in {"fluent", "polish", "rewrite"}
}
"""The prompts of which the rewritings by `MODELS` are read."""

AGAIN = "gpt-3.5-again"
REPEATED = "Help me polish this"
REPEATS = 10
EVERY = 4
"""GPT-3.5 polished each abstract `REPEATS` times under the prompt `REPEATED`; every fourth is read."""

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
_SPEAKS_TO_ASKER = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Pp]lease|[Tt]hank you)\b|^\W*Note:")
_LISTED = re.compile(r"\s*(?:\d+[.)]|[*•-])\s")
_LABEL = re.compile(r'([^\n"“”.:]{1,80}):\s*(?=\S)')
_MARKS = re.compile(r'["“”]')
_CLOSED = re.compile(r'["”]\s*(?:\n|$)')
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
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
    path = folder / "News" / "Human.json"
    items = _items(path, ("input", *PROMPTS))[:HUMAN_PARAGRAPHS]
    if len(items) < HUMAN_PARAGRAPHS:
        problem = f"has {len(items)} paragraphs; expected {HUMAN_PARAGRAPHS} that people wrote"
        raise InputError(problem, str(path))
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


def read_raidar_models(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """Raidar's abstracts with rewritings by Llama and text-davinci-002, and ten polishes of some by GPT-3.5.

    The ten, made of one text under one prompt, are all of one kind, `AGAIN`: how they differ is chance. Raises
    `InputError` if the files do not list the same abstracts in the same order.
    """
    parts = folder / "Arxiv"
    models = {
        name: _items(parts / file, ("input", *MODEL_PROMPTS)) for name, file in MODELS.items()
    }
    repeats = [f"{n}_{REPEATED}" for n in range(REPEATS)]
    again = _items(parts / "uncertain_rewrite_arxiv_human.json", ("input", *repeats))
    texts = [item["input"] for item in again]
    for name, items in models.items():
        if [item["input"] for item in items] != texts:
            raise InputError(f"has other texts than {MODELS['llama']}", str(parts / MODELS[name]))
    seen: dict[str, str] = {}
    for number, original in enumerate(texts):
        id, text = f"abstract-{number}", _unwrapped(original)
        if seen.setdefault(text, id) != id:
            left_out(id, f"same text as {seen[text]}")
            continue
        yield article_of({"id": id, "body": text, "event": id})
        answers = [
            (f"{model}-{kind}", f"{model}-{kind}", prompt, items[number][prompt])
            for model, items in models.items()
            for prompt, kind in MODEL_PROMPTS.items()
        ]
        if len(seen) % EVERY == 1:
            for n, key in enumerate(repeats):
                answers.append((f"{AGAIN}-{n}", AGAIN, REPEATED, again[number][key]))
        for suffix, kind, prompt, answer in answers:
            found = extracted(answer, original, prompt)
            if found.problem:
                left_out(f"{id}-{suffix}", found.problem)
                continue
            declared = {"event": id, "kind": kind, "original": id}
            yield article_of({"id": f"{id}-{suffix}", "body": found.text, **declared})


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
    for kind, items in files.items():
        if len(items) != len(files["rewrite"]):
            problem = f"{kind} has {len(items)} texts, rewrite {len(files['rewrite'])}; fetch again"
            raise InputError(problem, str(parts))
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


TALK = "talk about the text instead of a rewriting"


class Extract(NamedTuple):
    """A rewriting, or why an answer has none (`problem`; empty where it has one)."""

    text: str
    problem: str = ""


def extracted(answer: str, original: str, prompt: str) -> Extract:
    """The rewriting in an answer that may begin by repeating the task, be cut off, and go on after the text.

    A model that only continues a text repeats the prompt and the original before it answers. What follows is a
    rewriting if a line or a label announces it or if it is in quotation marks; otherwise, or where a list or
    the original again follows, the model talks about the text. Left off are announcements, quotation marks
    around the rewriting with all that comes after them, last paragraphs that speak to the asker, and a last
    sentence without an end, since answers were cut off after some number of tokens. The rest as in `rewriting`.
    """
    text = answer.strip()
    continued = text.removeprefix(f'{prompt}: "{original}"')
    repeats_task, text = continued != text, continued.strip()
    if not text:
        return Extract("", "no answer")
    framed = _without_frame(text, original)
    if (_lists(framed) and not _lists(original)) or (repeats_task and framed == text):
        return Extract("", TALK)
    said = _without_talk(framed, original)
    whole = _whole_sentences(said, original)
    if said and not whole:
        return Extract("", "cut off within its first sentence")
    found = rewriting(_unmarked(whole, original), original, prompt)
    if found is None or (repeats_task and _unwrapped(original).startswith(found)):
        return Extract("", TALK)
    return Extract(found)


def _without_frame(text: str, original: str) -> str:
    """A text without lines and a label that announce it, and without quotation marks around it."""
    while not _lists(text) and (line := _FIRST_LINE.match(text)):
        if not _is_preface(line, original) and not _is_talk(line[1], original):
            break
        text = text[line.end() :]
    if (label := _LABEL.match(text)) and _is_label(label[1], text[label.end()], original):
        text = text[label.end() :]
    if not _opens_marked(text, original):
        return text
    if closed := _CLOSED.search(text, 1):
        return text[1 : closed.start()].strip()
    return _unmarked(text, original)


def _lists(text: str) -> bool:
    return bool(_LISTED.match(text))


def _is_label(words: str, following: str, original: str) -> bool:
    """Whether words before a colon name the text after it.

    They do if they are up to three, none of them from the original; or if quotation marks follow and less than
    half of them are from it.
    """
    content, of_original = _content(words), set(_content(original))
    if _MARKS.match(following):
        return sum(word in of_original for word in content) * 2 < len(content) + 1
    named = re.findall(r"\w+", words.lower())
    return len(named) <= 3 and not set(named) & set(re.findall(r"\w+", original.lower()))


def _opens_marked(text: str, original: str) -> bool:
    return bool(_MARKS.match(text) and not _MARKS.match(original.strip()))


def _unmarked(text: str, original: str) -> str:
    """A text without an opening quotation mark that nothing closes."""
    alone = _opens_marked(text, original) and len(_MARKS.findall(text)) % 2
    return text[1:].strip() if alone else text


def _without_talk(text: str, original: str) -> str:
    """A text in one line, without last paragraphs that speak to the asker where the original does not."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    while paragraphs and _is_talk(paragraphs[-1], original):
        paragraphs.pop()
    return _unwrapped("\n".join(paragraphs))


def _is_talk(paragraph: str, original: str) -> bool:
    return bool(_SPEAKS_TO_ASKER.search(paragraph) and not _SPEAKS_TO_ASKER.search(original))


def _whole_sentences(text: str, original: str) -> str:
    """A text in one line without its last sentence, if that has no end; it may end as the original does."""
    if not text or _SENTENCE_END.search(text) or text.split()[-1] == original.split()[-1]:
        return text
    sentences = sentence_spans(text)
    return text[: sentences[-1].start].strip() if sentences else ""


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
    """The objects of a JSON list; raises `InputError` where a key of `texts` is no text, or one of `others`
    neither text nor a whole number.
    """
    try:
        items = strict_json(decode(read_bytes(path)))
        if not isinstance(items, list) or not items:
            raise InputError("must be a list of objects; fetch it again")
        for number, item in enumerate(items, 1):
            if not isinstance(item, dict):
                raise InputError("must be an object", None, number)
            for key in (*texts, *others):
                kinds = (str,) if key in texts else (str, int)
                if type(item.get(key)) not in kinds:
                    raise InputError("is missing or no text", None, number, key)
    except InputError as error:
        raise error.within(str(path)) from None
    return items
