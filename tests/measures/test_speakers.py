"""Who speaks a quotation, also where texts are long."""

from hypothesis import given
from hypothesis import strategies as st

from reframing.documents.records import Attribution, Quote, Span
from reframing.measures.quotations import with_speakers

Spans = list[Span]


def spans(edges: st.SearchStrategy[list[int]]) -> st.SearchStrategy[Spans]:
    """Disjoint spans between edges, in order."""
    return edges.map(sorted).map(
        lambda at: [Span(*two) for two in zip(at[::2], at[1::2], strict=False)]
    )


EDGES = st.lists(st.integers(0, 60), max_size=6, unique=True)
CONTENTS = st.lists(spans(EDGES), max_size=8)
QUOTES = spans(st.lists(st.integers(0, 60), max_size=12, unique=True))


def attribution(number: int, content: Spans) -> Attribution:
    source = Span(100 + number, 101 + number)
    return Attribution(source, None, tuple(content), "direct", "neutral", "named")


def shared(quote: Span, content: Spans) -> int:
    return sum(len(set(range(*quote)) & set(range(*part))) for part in content)


@given(QUOTES, CONTENTS)
def test_the_first_of_those_that_share_most_of_a_quotation_speaks_it(
    quotes: Spans, contents: list[Spans]
) -> None:
    said = [attribution(number, content) for number, content in enumerate(contents)]
    found = with_speakers([Quote(span, span) for span in quotes], said)
    for span, quote in zip(quotes, found, strict=True):
        most = max((shared(span, content) for content in contents), default=0)
        first = next((k for k, c in enumerate(contents) if most and shared(span, c) == most), None)
        assert quote.speaker == (None if first is None else said[first].source)


def test_what_is_no_speech_has_no_speaker() -> None:
    (quote,) = with_speakers(
        [Quote(Span(0, 9), Span(0, 9), speech=False)], [attribution(0, [Span(0, 9)])]
    )
    assert quote.speaker is None
