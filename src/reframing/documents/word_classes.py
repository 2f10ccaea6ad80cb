"""Closed word classes of English, by which the rules recognise grammar without a parser (Quirk et al. 1985).

Each class is listed once: determiners, pronouns, auxiliaries, negators, prepositions, conjunctions, adverbs,
names of the calendar, and numbers. Forms are in lower case, as in `Tokens.forms`. A rule that needs a class
with a few words more or less adds or subtracts them where it uses the class.
"""

from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbered(text: str, numbers: Iterable[int]) -> dict[str, int]:
    return dict(zip(text.split(), numbers, strict=True))


# Determiners and pronouns.

ARTICLES = _words("the a an")
POSSESSIVES = _words("my your his her its our their whose")
DEMONSTRATIVES = _words("this that these those")
DETERMINERS = ARTICLES | POSSESSIVES | DEMONSTRATIVES | _words("any some every each no another")

PERSONAL = _words("i you he she it we they")
OBJECT_PRONOUNS = _words("me you him her it us them myself himself herself itself themselves")
RELATIVES = _words("who whom whose which that")
FIRST_PERSON = _words("i we my our")  # *us* is also *US*
ONE_PERSON = _words("i me my he him his she her")
SOMEONE = _words("everyone everybody someone somebody anyone anybody nobody")
QUANTIFIERS = _words("some many several few most others")

# The verb group, and negation.

BE = _words("be am is are was were been being isn't aren't wasn't weren't")
HAVE = _words("have has had having haven't hasn't hadn't")
DO = _words("do does did don't doesn't didn't")
MODALS = _words(
    """will would can could may might shall should must ought cannot won't wouldn't can't couldn't
    mightn't shouldn't mustn't"""
)
AUXILIARIES = BE | HAVE | DO | MODALS
FINITE = AUXILIARIES - _words("be been being having")

NEGATORS = _words("not no never none neither nor nobody nothing cannot without")

# Prepositions, conjunctions and adverbs.

PREPOSITIONS = _words(
    """of in on at by for with from about to into over under after before during between against
    through among amid toward towards within without across behind beyond despite since until upon
    via like than per as"""
)
CONJUNCTIONS = _words("and or but nor")
CLAUSE_CONJUNCTIONS = _words(
    "because although though while whereas if unless whether since when until once"
)
SUBORDINATORS = CLAUSE_CONJUNCTIONS | _words(
    "that after before as so where why how what whatever whoever"
)
NOT_ASSERTING = _words("if whether unless")  # they open clauses whose truth is left open

ADVERBS = _words(
    """also now then later once still just even often always already again recently previously soon
    further too simply instead first ever long both all today yesterday tomorrow thus therefore rather
    almost only"""
)
_NOT_ADVERBS = _words("family early daily weekly july reply supply apply rely ally bully")


def is_adverb(form: str) -> bool:
    """Whether a lower-case word is a listed adverb or ends in *-ly* without being a known exception."""
    return form in ADVERBS or (form.endswith("ly") and form not in _NOT_ADVERBS)


# The calendar, and numbers.

WEEKDAYS = _numbered("monday tuesday wednesday thursday friday saturday sunday", range(7))
MONTHS = _numbered(
    "january february march april may june july august september october november december",
    range(1, 13),
)
MONTH_ABBREVIATIONS = {month[:3]: number for month, number in MONTHS.items()} | {"sept": 9}
BEFORE_MONTHS = _words(
    """in since of by until till last this next early late mid from between during through and to before
    after on"""
)

CARDINALS = _numbered(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety""",
    (*range(20), *range(20, 100, 10)),
)
ORDINALS = _numbered(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth
    fiftieth sixtieth seventieth eightieth ninetieth""",
    (*range(1, 20), *range(20, 100, 10)),
)
MAGNITUDES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
