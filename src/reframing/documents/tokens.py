"""Splits a text into word tokens with code-point offsets, and normalises their forms.

Forms are lower-cased, with one spelling for apostrophes and hyphens; apostrophes missing from contractions
(*doesnt*, *theyre*) are restored.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reframing.documents.records import Span
from reframing.documents.typography import UNSEEN, repaired

# Contractions without their apostrophe.

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
    """The lower-case forms of tokens, with the apostrophe restored in contractions.

    *cant* and *wont* are changed only where they are auxiliaries. Forms that are more often other words
    (*its*, *ill*, *well*, *were*, *shell*, *lets*) are never changed.
    """
    if _LOST.keys().isdisjoint(forms) and _WORDS_TOO.keys().isdisjoint(forms):
        return tuple(forms)
    return tuple(_with_apostrophe(forms, i) for i in range(len(forms)))


def _with_apostrophe(forms: Sequence[str], i: int) -> str:
    form = forms[i]
    if form in _WORDS_TOO and _is_verb(forms, i):
        return _WORDS_TOO[form]
    return _LOST.get(form, form)


def _is_verb(forms: Sequence[str], i: int) -> bool:
    """Whether *cant* or *wont* is an auxiliary, judged by the words before and after it."""
    before = forms[i - 1] if i else ""
    behind = forms[i + 1] if i + 1 < len(forms) else ""
    if before in _SUBJECTS:
        return behind != "to"
    noun = before in _BEFORE_NOUNS or behind in _BEHIND_NOUNS
    return behind[:1].isalpha() and not noun


# Tokens.

_WORD = r"[^\W_][\w\u0300-\u036f]*"  # with combining marks
_UNSEEN = (
    r"[\u00ad\u200b-\u200d\u2060\ufeff]+"  # soft hyphens, joiners and other zero-width characters
)
_DOMAINS = "com|org|net|gov|edu|info|co\\.uk|ac\\.uk"

# Repetitions that can backtrack are bounded in length, so that matching takes linear time.
_TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?'"’”)\]}}]         # addresses on the web
  | (?:[^\W\d_]\.|Ph\.|Sc\.){{2,}}(?:['’ʼ\-‑]{_WORD})*       # U.S., a.m., Ph.D., U.S.-led, the U.N.'s
  | \d+(?:[.,:/]\d+)+[^\W_]*                               # 1,200  4.5m  10:30
  | {_WORD}                                                # words and numbers with inner apostrophes,
    (?:(?:['’ʼ\-‑]\u2060*|{_UNSEEN}|(?<=\d)–(?=\d)){_WORD})* # hyphens, and dashes between figures
    (?:(?=[.+@])(?:
        (?:[.+]\w{{1,64}}){{0,3}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,3}}           # a.b@example.org
      | (?:\.[\w-]{{1,63}}){{0,3}}\.(?:{_DOMAINS})\b(?:/[\w/-]+)?             # example.org/page
    ))?
  | (?<![\w.])\.\d+[^\W_]*                                # .5
  | [^\w\s]|_+                                            # one mark of punctuation or symbol
    """,
    re.VERBOSE,
)
_UNSEEN_INSIDE = re.compile(rf"(?<=[\w'-]){_UNSEEN}(?=\w)")


@dataclass(frozen=True)
class Tokens:
    """The tokens of one text: parallel tuples of start offsets, end offsets and lower-case forms.

    In `forms`, typographic apostrophes and hyphens are normalised, mis-encoded ones repaired and missing ones
    restored (*doesnt*), so that a lexicon needs only one spelling.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The span of the tokens from index `first` up to, but not including, `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def within(self, span: Span) -> range:
        """The indices of the tokens that lie completely within `span`."""
        first = bisect_left(self.starts, span.start)
        return range(first, max(first, bisect_right(self.ends, span.end)))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The indices of the tokens with each form, in order."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, form in enumerate(self.forms):
            found[form].append(i)
        return found

    @cached_property
    def is_word(self) -> tuple[bool, ...]:
        """For each token, whether it begins with a letter or digit, and so counts as a word in all rates."""
        return tuple([form[0].isalnum() for form in self.forms])

    @cached_property
    def n_words(self) -> int:
        """The number of word tokens."""
        return sum(self.is_word)


_FOLDED = {"’": "'", "ʼ": "'", "‑": "-", "–": "-"}


def tokenize(text: str) -> Tokens:
    """Split `text` into words, numbers and single punctuation marks.

    Offsets refer to `text` as given. Never raises; an empty text has no tokens.
    """
    written = repaired(text)
    spans = [match.span() for match in _TOKEN.finditer(written) if match[0] != UNSEEN]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return Tokens(text, starts, ends, _forms([written[start:end] for start, end in spans]))


def _forms(written: list[str]) -> tuple[str, ...]:
    """The normalised forms, computed on the joined tokens for speed; no token contains white space."""
    folded = "\n".join(written).lower()
    if not folded.isascii():
        for typographic, plain in _FOLDED.items():
            folded = folded.replace(typographic, plain)
        folded = _UNSEEN_INSIDE.sub("", folded)
    return with_apostrophes(folded.split())


def words(text: str) -> Iterator[str]:
    """The lower-case forms of the word tokens of `text`, without punctuation."""
    tokens = tokenize(text)
    return (form for form, word in zip(tokens.forms, tokens.is_word, strict=True) if word)
