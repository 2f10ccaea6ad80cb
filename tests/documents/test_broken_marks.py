"""Broken, odd and lost marks: read as what they were meant to be, at the places where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.documents.records import Annotation, Article
from reframing.documents.sentences import sentence_spans
from reframing.documents.tokens import tokenize
from reframing.documents.typography import repaired
from reframing.measures.annotate import annotate
from reframing.measures.quotations import find_quotes
from reframing.moves.compare import compare

CURLY = (
    "“The ferry doesn’t sail at night, and the clerks’ keys aren’t lost,” said Ida Moss, the port’s warden.\n"
    "The council hasn’t decided – it may yet do so. Ostby’s ‘floating school’ couldn’t be seen."
)


def misread(text: str, encoding: str) -> str:
    """`text` with its marks as UTF-8 that was taken for another encoding."""
    return "".join(
        char
        if char.isascii()
        else "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in char.encode())
        for char in text
    )


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’–", "\"\"''-"))


def without(text: str, marks: str, instead: str) -> str:
    """`text` with each of `marks` between two letters written otherwise."""
    pieces = []
    for i, char in enumerate(text):
        inside = 0 < i < len(text) - 1 and text[i - 1].isalpha() and text[i + 1].isalpha()
        pieces.append(instead if char in marks and inside else char)
    return "".join(pieces)


VARIANTS = {
    "straight": straight(CURLY),
    "misread as Windows-1252": misread(CURLY, "cp1252"),
    "misread as Latin-1": misread(CURLY, "latin-1"),
    "misread as Mac Roman": misread(CURLY, "mac_roman"),
    "misread twice": misread(misread(CURLY, "cp1252"), "cp1252"),
    "control characters": CURLY.translate(str.maketrans("“”‘’–", "\x93\x94\x91\x92\x96")),
    "entities": CURLY.replace("“", "&ldquo;").replace("”", "&#8221;").replace("’", "&#x2019;"),
    "grave accents": without(CURLY, "’", "`"),
    "primes": without(CURLY, "’", "′"),
    "question marks": without(CURLY, "’", "?"),
    "replacement characters": without(CURLY, "’", "\ufffd"),
    "wide marks": CURLY.replace("“", "❝").replace("”", "❞"),
}


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS.keys())
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def words(text: str) -> list[str]:
    tokens = tokenize(text)
    return [form for form, word in zip(tokens.forms, tokens.is_word, strict=True) if word]


def counts(found: Annotation) -> dict[str, int]:
    parts = ("sentences", "attributions", "quotes", "hedges", "boosters", "evaluations")
    return {part: len(getattr(found, part)) for part in parts}


def test_words_are_the_same_in_every_variant(variant: str) -> None:
    assert words(variant) == words(CURLY)


def test_sentences_and_quotations_are_the_same_in_every_variant(variant: str) -> None:
    assert len(sentence_spans(variant)) == len(sentence_spans(CURLY))
    inner = [words(quote.inner.of(variant)) for quote in find_quotes(variant)]
    assert inner == [words(quote.inner.of(CURLY)) for quote in find_quotes(CURLY)]


def test_the_annotation_counts_the_same_in_every_variant(variant: str) -> None:
    assert counts(annotate(Article("v", variant))) == counts(annotate(Article("c", CURLY)))


def test_a_copy_in_another_variant_has_no_move(variant: str) -> None:
    original, repost = Article("original", CURLY), Article("repost", variant)
    assert compare(original, repost).moves == ()
    assert compare(repost, original).moves == ()


@pytest.mark.parametrize(
    "written",
    [
        "wasnt",
        "wasn’t",
        "wasnâ€™t",
        "wasn\ufffdt",
        "wasn?t",
        "wasn´t",
        "wasn t",
        "wasn 't",
        "WASNT",
    ],
)
def test_a_negation_without_a_sound_apostrophe_is_one(written: str) -> None:
    original = f"The harbour {written} closed to the trawlers of Ostby on Friday."
    repost = "The harbour was closed to the trawlers of Ostby on Friday."
    moves = compare(Article("original", original), Article("repost", repost)).moves
    assert [move.move for move in moves] == ["polarity-flipped"]


@pytest.mark.parametrize("written", ["havent", "haven’t", "haven\x92t"])
def test_a_negation_whose_apostrophe_was_lost_is_no_change(written: str) -> None:
    original = "The trawlers haven't left the harbour of Ostby since Friday."
    repost = original.replace("haven't", written)
    assert compare(Article("original", original), Article("repost", repost)).moves == ()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("They cant moor there.", "can't"),
        ("Trawlers cant moor there.", "can't"),
        ("It was mere cant of the mayor.", "cant"),
        ("The mayor wont resign.", "won't"),
        ("He rose early, as was his wont.", "wont"),
        ("She is wont to rise early.", "wont"),
        ("The boat lost its mast.", "its"),
        ("The shell was ill kept.", "shell"),
    ],
)
def test_words_of_their_own_are_no_contractions(text: str, form: str) -> None:
    assert form in words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is it safe? They say so.",
        "See https://example.org/page?t=20 for more.",
        "Gulls & terns; AT&T; fish&chips.",
        "Was it Zoë’s? Ângela said so. São Tomé",
    ],
)
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert repaired(text) == text


PIECES = [
    "â€™",
    "â€œ",
    "Ã¢â‚¬â„¢",
    "\ufffd",
    "&quot;",
    "&#39;",
    "\x92",
    "n t ",
    "don",
    " ",
    "a",
    "?s",
    "`",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4)).map("".join))
def test_what_is_repaired_keeps_its_length(text: str) -> None:
    assert len(repaired(text)) == len(text)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4)).map("".join))
def test_tokens_of_any_text_lie_in_it_in_order(text: str) -> None:
    tokens = tokenize(text)
    places = list(zip(tokens.starts, tokens.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert len(tokens.forms) == len(places)
