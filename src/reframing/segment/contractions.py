"""Contractions whose apostrophe was lost: *doesnt*, *theyre*, and *cant* and *wont* where they are no words.

Forms that are words of their own and more often so (*its*, *ill*, *well*, *were*, *shell*, *lets*) are left
as they are.
"""

from collections.abc import Sequence

_CONTRACTIONS = """don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't couldn't wouldn't
    shouldn't mustn't needn't mightn't shan't daren't ain't i'm i've you're you've you'll you'd they're they've
    they'll they'd we've he's she's it'll that's that'll there's here's what's where's who's how's could've
    would've should've might've must've"""
_LOST = {written.replace("'", ""): written for written in _CONTRACTIONS.split()}
_WORDS_TOO = {"cant": "can't", "wont": "won't"}
_SUBJECTS = frozenset(
    """i you he she it we they this that these those there who which what people everyone everybody nobody
    somebody someone anyone one just still simply really probably also why""".split()
)
_BEFORE_NOUNS = frozenset(
    """a an the his her its my your our their whose of in with as is are was were be been being and or than
    no such much some""".split()
)
_BEHIND_NOUNS = frozenset("of to and or in from about is was that which for as at on by".split())


def with_apostrophes(forms: Sequence[str]) -> tuple[str, ...]:
    """Lower-case forms of tokens, contractions with their apostrophe."""
    if _LOST.keys().isdisjoint(forms) and _WORDS_TOO.keys().isdisjoint(forms):
        return tuple(forms)
    return tuple(_with_apostrophe(forms, i) for i in range(len(forms)))


def _with_apostrophe(forms: Sequence[str], i: int) -> str:
    form = forms[i]
    if form in _WORDS_TOO and _is_verb(forms, i):
        return _WORDS_TOO[form]
    return _LOST.get(form, form)


def _is_verb(forms: Sequence[str], i: int) -> bool:
    """Whether *cant* or *wont* is an auxiliary: behind a pronoun, or between a subject and an infinitive."""
    before = forms[i - 1] if i else ""
    behind = forms[i + 1] if i + 1 < len(forms) else ""
    if before in _SUBJECTS:
        return behind != "to"
    noun = before in _BEFORE_NOUNS or behind in _BEHIND_NOUNS
    return behind[:1].isalpha() and not noun
