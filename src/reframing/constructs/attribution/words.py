"""Closed-class words that stand in for a parser (Quirk et al. 1985, chapters 2, 3, 6 and 9)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("the a an")
POSSESSIVES = _words("his her its my our your their whose")
DETERMINERS = ARTICLES | POSSESSIVES | _words("this these those any some every each no another")
PERSONAL = _words("i you he she it we they")
RELATIVE = _words("who which that")
INDEFINITE = _words(
    "some many others everyone everybody someone somebody nobody anyone anybody most few both all "
    "none those one another people"
)
CLIPPED_SUBJECTS = PERSONAL | RELATIVE | _words("there here what how where everyone")
SUBJECT_PRONOUNS = PERSONAL | RELATIVE | INDEFINITE
OBJECT_PRONOUNS = _words("me you him her it us them himself herself itself themselves myself")

MODALS = _words(
    "will would can could may might shall should must 'd 'll cannot won't wouldn't can't couldn't "
    "shouldn't mightn't ought"
)
DO = _words("do does did don't doesn't didn't")
HAVE = _words("have has had having haven't hasn't hadn't")
BE = _words("be is are was were been being am isn't aren't wasn't weren't")
AUXILIARIES = MODALS | DO | HAVE | BE
NEGATIONS = _words("not never n't no")

PREPOSITIONS = _words(
    "of in on at by for with from about to into over under after before during between against "
    "through among amid toward towards within without across behind beyond despite since until upon "
    "via like than per as"
)
CONJUNCTIONS = _words("and or but nor")
SUBORDINATORS = _words(
    "that because although though while whereas if unless whether since when after before until as "
    "where why how what whatever whoever once so"
)
ADVERBS = _words(
    "also now then later once still just even often always already again recently previously soon "
    "further too simply instead first ever long both all today yesterday tomorrow "
    "thus therefore rather almost only"
)
NOT_ADVERBS = _words("family early daily weekly july reply supply apply rely ally bully")
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")

DASHES = frozenset("-–—")
OPENING_MARKS = frozenset("“\"‘'«(„`")
CLAUSE_MARKS = frozenset(",;:—–-()[]…")


def is_adverb(form: str) -> bool:
    return form in ADVERBS or (form.endswith("ly") and form not in NOT_ADVERBS)
