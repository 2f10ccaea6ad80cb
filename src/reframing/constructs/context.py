"""Questions about the words beside a match, shared by the lexical constructs."""

from reframing.segment.tokens import Tokens

_NUMBER_WORDS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
    thousand thousands million millions billion billions trillion dozen dozens half midnight noon
    one-third two-thirds one-fifth two-fifths one-quarter three-quarters""".split()
)
_COUNTED = frozenset(
    """dozen quarter third half fifth tenth hundred thousand million billion trillion minute hour day
    week fortnight month year decade century mile kilometre kilometer""".split()
)
_TITLE_WINDOW = 6
_CURRENCY = frozenset("$ € £ ¥ ~".split())


_NEGATORS = frozenset("not no never none neither nor nobody nothing cannot without".split())


def negates(form: str) -> bool:
    """Whether a form of a token negates: *not*, *nobody*, and every contraction of *not*."""
    return form in _NEGATORS or form.endswith("n't")


def form(tokens: Tokens, i: int) -> str:
    """The lower-cased form of token `i`, or an empty string beyond either end."""
    return tokens.forms[i] if 0 <= i < len(tokens.forms) else ""


def surface(tokens: Tokens, i: int) -> str:
    """Token `i` as written, or an empty string beyond either end."""
    return tokens.text[tokens.starts[i] : tokens.ends[i]] if 0 <= i < len(tokens.forms) else ""


def number_at(tokens: Tokens, i: int) -> bool:
    """Whether a quantity starts at token `i`: 12, $3, twenty-five, a dozen, a third of, half."""
    word = form(tokens, i)
    if word in ("a", "an", "one"):
        return form(tokens, i + 1) in _COUNTED
    return (
        word[:1].isdigit()
        or word in _CURRENCY
        or word in _NUMBER_WORDS
        or word.partition("-")[0] in _NUMBER_WORDS
    )


def starts_sentence(tokens: Tokens, i: int) -> bool:
    """Whether token `i` opens a sentence or a line, as far as its left neighbour tells."""
    if i == 0 or form(tokens, i - 1) in (".", "!", "?", ":", "“", '"', "‘"):
        return True
    return "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def in_proper_name(tokens: Tokens, i: int) -> bool:
    """Whether a capital inside lower-case running text marks token `i` as a name ("the Grand Pier").

    In a headline in title case, where all longer words are capitalised, nothing can be told: no.
    """
    if not surface(tokens, i)[:1].isupper() or starts_sentence(tokens, i):
        return False
    return any(
        tokens.forms[j].isalpha() and surface(tokens, j).islower() and len(tokens.forms[j]) > 4
        for j in range(max(0, i - _TITLE_WINDOW), min(len(tokens.forms), i + _TITLE_WINDOW))
    )
