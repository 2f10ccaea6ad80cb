"""Hedges: what counts, what does not, and in which category."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Span
from reframing.documents.tokens import tokenize
from reframing.measures.hedging import UNLISTED, find_hedges, marked_hedges


def hedges(text: str) -> list[tuple[str, str]]:
    return [(hedge.span.of(text), hedge.category) for hedge in find_hedges(tokenize(text))]


def forms(text: str) -> list[str]:
    return [form for form, _ in hedges(text)]


def test_plain_assertion_has_no_hedge() -> None:
    assert forms("The dam broke on Tuesday and the valley was flooded.") == []


def test_hedged_assertion_has_each_hedge_once() -> None:
    text = (
        "The dam may have broken because of roughly two weeks of rain, preliminary data suggest it."
    )
    assert hedges(text) == [
        ("may have", "modal"),
        ("roughly", "approximator"),
        ("preliminary", "limitation"),
        ("suggest", "epistemic-verb"),
    ]


def test_longest_entry_wins() -> None:
    assert forms("The bridge is expected to open, but it may or may not be safe.") == [
        "is expected to",
        "may or may not",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The fair opens on May 4.", []),
        ("Prices have fallen since May.", []),
        ("In May the council met.", []),
        ("Harriet May said the pump failed.", []),
        ("Storm May Reach the Coast by Night", ["May"]),
        ("the storm may reach the coast", ["may"]),
        ("Military might alone decides nothing.", []),
        ("It might rain.", ["might"]),
        ("They argued about the war.", []),
        ("They worried about 40 patients.", []),
        ("It cost about 40 crowns.", ["about"]),
        ("It took about a dozen tries.", ["about"]),
        ("She walked around the lake.", []),
        ("It weighs around 3 tonnes.", ["around"]),
        ("Some villagers left.", []),
        ("Some 300 villagers left.", ["Some"]),
        ("It is up to the mayor.", []),
        ("Fines of up to €500 apply.", ["up to"]),
        ("He appeared in court.", []),
        ("She appeared to a crowd of fans.", []),
        ("He appeared to know the way.", ["appeared"]),
        ("It appears that the lock failed.", ["appears"]),
        ("I would like a receipt.", []),
        ("The ship would sail at noon, he said.", []),
        ("If the wind dropped, the ship would sail.", ["If", "would"]),
        ("If the wind dropped, it’d be safe and wouldn’t sink.", ["If", "it’d be", "wouldn’t"]),
        ("It'd be noon before he sailed, he said.", []),
        ("The pier couldn't be repaired.", ["couldn't"]),
        ("The suspect fled.", []),
        ("Police suspect arson.", ["suspect"]),
        ("Smokers were 27% more likely to relapse.", []),
        ("A strike is likely.", ["likely"]),
        ("She considered leaving.", []),
        ("The well is considered safe.", ["considered"]),
        ("Go as soon as possible.", []),
        ("A possible leak was found.", ["possible"]),
        ("He left rather than pay.", []),
        ("The oven was set to 200 degrees.", []),
        ("Rents are set to rise.", ["set to"]),
        ("Three schools of thought exist.", []),
        ("It is thought that the fox escaped.", ["thought"]),
        ("She assumed office in June.", []),
        ("They assumed that the road was clear.", ["assumed"]),
        ("They sell this kind of lamp.", []),
        ("He believes in ghosts.", []),
    ],
)
def test_context_decides_whether_a_form_hedges(text: str, found: list[str]) -> None:
    assert forms(text) == found


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The minister reportedly resigned.", "evidential"),
        ("Whether it works is open.", "conditional"),
        ("Growth is somewhat slower.", "downtoner"),
        ("Wolves often avoid roads.", "generality"),
        ("The cause is unclear.", "epistemic-adjective"),
        ("Perhaps it was the wind.", "epistemic-adverb"),
    ],
)
def test_category_names_the_kind_of_hedge(text: str, category: str) -> None:
    assert category in [kind for _, kind in hedges(text)]


def test_typographic_apostrophe_matches() -> None:
    assert forms("A link can’t be ruled out.") == ["can’t be ruled out"]


PIECES = [
    "may ",
    "about ",
    "40 ",
    "May",
    " appears",
    " to ",
    "é",
    "🙂",
    "\r\n",
    "\t",
    "\0",
    ".",
    "“",
    "Some ",
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = [hedge.span for hedge in find_hedges(tokenize(text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_what_a_network_marks_has_the_category_of_the_lexicon() -> None:
    text = (
        "He may have left about noon, and it is believed that the tide is moot, on early figures."
    )
    marks = ("may", "is believed", "moot")
    marked = [Span(text.index(words), text.index(words) + len(words)) for words in marks]
    found = marked_hedges(text, find_hedges(tokenize(text)), marked, lambda _: 0.0)
    said = [(hedge.span.of(text), hedge.category) for hedge in found]
    assert said == [
        ("may", "modal"),
        ("about", "approximator"),
        ("is believed", "epistemic-verb"),
        ("moot", UNLISTED),
    ]


@pytest.mark.parametrize(
    ("likely", "categories"),
    [
        (0.0, ["limitation"]),
        (0.2, ["limitation", "modal"]),
        (0.5, ["limitation", "epistemic-verb", "modal"]),
    ],
)
def test_in_uncertainty_a_network_has_the_say(likely: float, categories: list[str]) -> None:
    text = "Preliminary data suggest that it may rain."
    found = marked_hedges(text, find_hedges(tokenize(text)), [], lambda _: likely)
    assert [hedge.category for hedge in found] == categories


@given(st.lists(st.integers(0, 400), max_size=20, unique=True).map(sorted))
def test_a_hedge_that_no_mark_overlaps_stands_and_every_mark_is_a_hedge(edges: list[int]) -> None:
    text = "It may rain, about noon, experts believe, though some suggest that it is unlikely. " * 5
    marked = [Span(*two) for two in zip(edges[::2], edges[1::2], strict=False)]
    lexical = find_hedges(tokenize(text))
    found = marked_hedges(text, lexical, marked, lambda _: 1.0)
    free = [hedge for hedge in lexical if not any(hedge.span.overlaps(span) for span in marked)]
    assert {hedge.span for hedge in found} == {*marked, *(hedge.span for hedge in free)}
    for hedge in found:
        over = [h for h in lexical if h.span.overlaps(hedge.span) and h.category != "approximator"]
        assert hedge.category in ([h.category for h in over[:1]] or [UNLISTED, "approximator"])
