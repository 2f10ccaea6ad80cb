"""The clause or phrase that a hedge or booster scopes over: invented sentences with their scopes by hand.

`[ ]` marks the scope, `< >` the cue.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Marker, Span
from reframing.documents.tokens import tokenize
from reframing.measures.scope import scope

# Written before the rule.
GOLD = """
modal             | The dam [<may> leak next week].
modal             | Engineers said the dam [<could> fail within days], and the town was told to leave.
modal             | She [<might> run for mayor], her aide said.
modal             | [The road <may> be closed by the council until May].
modal             | Officials warned that [the bridge <could> be rebuilt only in part].
modal             | If it rains, the mill [<would> lose its roof].
modal             | The plan, which [<may> cost $3 million], was shelved.
modal             | The plan that [<may> cost $3 million] was shelved.
modal             | [The fire <may have> been started by a heater], police believe.
modal             | The council [<could> vote on Monday] because the mayor is ill.
modal             | “The pier [<might> close],” said Lena Orrin.
modal             | The dam, built in 1904, [<may not> survive the winter].
modal             | [The dam, built in 1904, <could> be closed].
modal             | The firm (it [<may> be broke]) kept silent.
epistemic-verb    | The study [<suggests> that the drug harms fish].
epistemic-verb    | She [<thinks> the vote was fair].
epistemic-verb    | He [<believes> the river will rise], although no rain is forecast.
epistemic-verb    | [The ferry <seems> to lose money].
epistemic-verb    | [The wall <appears> unsafe], inspectors wrote.
epistemic-verb    | [The mine is <believed to> hold silver].
epistemic-verb    | Police said [the men were <thought> to have fled].
epistemic-verb    | They [<assume> that prices will fall], but traders disagree.
epistemic-verb    | He was seen with a [<suspected> smuggler] at noon.
epistemic-adverb  | The fire was [<probably> caused by a cigarette].
epistemic-adverb  | [<Perhaps> the council will vote again].
epistemic-adverb  | He [<possibly> left before noon], a neighbour said.
epistemic-adverb  | The thief, [<apparently> a local man], fled.
epistemic-adverb  | [<Maybe> it will rain], but nobody knows.
epistemic-adverb  | The team will [<likely> lose its coach].
epistemic-adverb  | [He left early, <apparently>].
epistemic-adjective | It was a [<possible> arson attack] at the mill.
epistemic-adjective | Police named a [<likely> suspect] in the case.
epistemic-adverb  | [A new strike is <likely>].
epistemic-adjective | [It is <possible> that the dam leaked].
epistemic-adverb  | [The talks were <unlikely> to succeed], diplomats said.
epistemic-adjective | [<Potential> buyers] came from Ostby.
epistemic-noun    | There is a [<possibility> that the dam leaks].
epistemic-noun    | The [<likelihood> of flooding] rose.
evidential        | The [<alleged> thief] fled on foot.
evidential        | The [<allegedly> stolen car] was found.
evidential        | The car was [<reportedly> found in a lake], the paper wrote.
evidential        | [The claim <could not be verified>].
conditional       | [<If> the rain stops], the ferry will sail.
conditional       | The ferry will sail [<if> the rain stops].
conditional       | [<Unless> the council pays], the pier will close.
conditional       | Nobody knew [<whether> the bridge was safe].
approximator      | It cost [<about> $3 million] last year.
approximator      | It fell by [<nearly> 3 percent] in May.
approximator      | [<Almost> half] of the voters stayed home.
approximator      | It lasted [<about> two weeks].
approximator      | [<Roughly> 40 people] came.
approximator      | She waited [two hours <or so>] for help.
downtoner         | The road was [<somewhat> wet] on Monday.
downtoner         | Prices [rose <slightly>] in May.
generality        | The river [<often> floods in spring].
generality        | [<Usually>, the ferry sails at nine].
certainty         | The plan [<clearly> failed], she wrote.
certainty         | [<Obviously>, nobody asked].
emphasis          | It was a [<very> large] dam.
""".strip().splitlines()

# Written after the rule, to measure it: the rule was not changed for them.
HELD_OUT = """
modal             | The union said on Friday that its members [<could> walk out before the holiday].
modal             | Voters in the north, who [<might> decide the election], are tired of promises.
modal             | [Some of the letters <may have> been opened by a clerk], the inquiry heard.
modal             | Residents fear the smell [<would> drive away tourists and lower the price of their homes].
modal             | “We [<may> appeal],” her lawyer said, “but not this week.”
epistemic-verb    | Early figures [<indicate> that fewer people voted than in 2019].
epistemic-verb    | [The minister <seemed> unaware of the letter], according to two aides.
epistemic-verb    | [The ship is <thought to have> sunk in shallow water].
epistemic-verb    | I [<suspect> he knew about the money], but I cannot prove it.
epistemic-adverb  | The bones [<probably> belong to a monk who died of plague].
epistemic-adverb  | [The money, <presumably>, went to his brother].
epistemic-adverb  | [<Perhaps> nobody told her], he said.
epistemic-adjective | Doctors found no [<plausible> explanation] for the outbreak.
epistemic-adjective | [It remains <unclear> who fired first].
epistemic-noun    | Analysts see a [<risk> of higher fuel prices] this winter.
evidential        | The [<alleged> ringleader] of the gang was arrested in Marlow.
evidential        | A guard [<reportedly> slept through the alarm], the broadcaster said.
conditional       | She asked [<whether> the bridge would open before winter].
conditional       | [<If> prices keep rising], shops will close and jobs will go.
approximator      | The storm cut power to [<nearly> 12,000 homes] overnight.
approximator      | [<Almost> all] of the seats were sold.
downtoner         | The new rules are [<fairly> strict], drivers say.
generality        | Buses [<usually> leave every ten minutes], but not on Sundays.
certainty         | [There is <no doubt> that he lied].
emphasis          | The council was [<deeply> divided] over the plan.
""".strip().splitlines()


def parsed(line: str) -> tuple[str, Marker, Span]:
    """The text of a line of gold with its cue and its scope."""
    category, _, marked = (part.strip() for part in line.partition("|"))
    text, places = "", {}
    for part in re.split(r"([\[\]<>])", marked):
        if part and part in "[]<>":
            places[part] = len(text)
        else:
            text += part
    cue = Span(places["<"], places[">"])
    return text, Marker(cue, category, cue.of(text).lower()), Span(places["["], places["]"])


def found(line: str) -> str:
    text, marker, _ = parsed(line)
    return scope(tokenize(text), Span(0, len(text)), marker).of(text)


@pytest.mark.parametrize("line", GOLD, ids=range(len(GOLD)))
def test_scope_is_as_by_hand(line: str) -> None:
    text, _, expected = parsed(line)
    assert found(line) == expected.of(text)


def test_three_of_four_scopes_that_the_rule_was_not_written_for_are_as_by_hand() -> None:
    right = sum(found(line) == parsed(line)[2].of(parsed(line)[0]) for line in HELD_OUT)
    assert right >= 0.75 * len(HELD_OUT)


def test_marker_that_holds_no_whole_token_scopes_over_itself() -> None:
    text = "It mayhap rains."
    assert scope(tokenize(text), Span(0, len(text)), Marker(Span(3, 6), "modal", "may")) == Span(
        3, 6
    )


PIECES = [
    "may ",
    "be ",
    "closed ",
    "that ",
    ", ",
    "said ",
    "“",
    "” ",
    "( ",
    ") ",
    "about ",
    "3 ",
    "who ",
]


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14),
    st.integers(0, 13),
    st.integers(0, 2),
)
@settings(max_examples=150, deadline=None)
def test_scope_holds_its_cue_and_stays_in_its_sentence(
    pieces: list[str], at: int, kind: int
) -> None:
    text = "It rains. " + "".join(pieces).strip() + "\nIt may."
    sentence = Span(10, text.index("\n"))
    tokens = tokenize(text)
    inside = tokens.within(sentence)
    cue = tokens.span(inside[at % len(inside)], inside[at % len(inside)] + 1)
    category = ("modal", "approximator", "epistemic-adverb")[kind]
    span = scope(tokens, sentence, Marker(cue, category, ""))
    assert span.contains(cue)
    assert sentence.contains(span)
