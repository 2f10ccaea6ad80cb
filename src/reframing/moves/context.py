"""The input of all move finders: both articles with their annotation, their content terms, and their links.

A `Side` is one article, a `Context` is the pair. Stems are compared in one spelling, so that British and
American forms and abbreviated months do not count as different words (`one_spelling`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reframing.documents.document import Document
from reframing.documents.records import Annotation, Article, Link, Sentence, Span
from reframing.documents.terms import Term, stem
from reframing.documents.tokens import Tokens
from reframing.measures.clauses import FINITE, verb_like

# One spelling for British and American forms and for months.

_WORDS = dict(
    pair.split(":")
    for pair in """grey:gray programme:program programmes:programs tyre:tire tyres:tires cheque:check
    cheques:checks plough:plow sceptic:skeptic sceptics:skeptics sceptical:skeptical scepticism:skepticism
    aluminium:aluminum mum:mom mums:moms mummy:mommy ageing:aging jewellery:jewelry moustache:mustache
    pyjamas:pajamas kerb:curb draught:draft cosy:cozy learnt:learned burnt:burned spelt:spelled
    dreamt:dreamed leapt:leaped leant:leaned whilst:while amongst:among amidst:amid gaol:jail
    manoeuvre:maneuver manoeuvres:maneuvers judgement:judgment judgements:judgments axe:ax storey:story
    storeys:stories practise:practice practised:practiced practising:practicing fulfill:fulfil
    fulfills:fulfils skillful:skilful instalment:installment enrol:enroll artefact:artifact
    artefacts:artifacts mould:mold moulds:molds smoulder:smolder furore:furor
    okay:ok alright:ok yeah:yes gonna:going wanna:want jan:january feb:february aug:august sept:september
    oct:october nov:november dec:december""".split()
)
_ENDINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\w\w)wards$", "ward"),
        (r"(?<=\w\w\w)is(e|ed|es|er|ers|ing|ation|ations|able)$", r"iz\1"),
        (r"(?<=\w)ys(e|ed|es|er|ers|ing)$", r"yz\1"),
        (
            r"(?<=\w\w)our(s|ed|ing|able|ably|ite|ites|ful|er|ers|less|hood|hoods|ly|al)?$",
            r"or\1",
        ),
        (r"(cent|theat|met|lit|fib|calib|lust|meag|somb|spect|sab)re(s|d)?$", r"\1er\2"),
        (r"(def|off|lic|pret)ence(s|d)?$", r"\1ense\2"),
        (r"(?<=\w\w)ll(ed|ing|er|ers|or|ors)$", r"l\1"),
        (r"(?<=\w)ogue(s)?$", r"og\1"),
        (r"^(leuk|an|h|p|gyn|orthop|encyclop)ae", r"\1e"),
    )
)
_ANY_ENDING = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _ENDINGS))


@lru_cache(maxsize=100_000)
def one_spelling(word: str) -> str:
    """A normalised spelling of a lower-case word, the same for its British and its American form.

    For comparison only: the suffix rules also change words that have one spelling (*called*).
    """
    if word in _WORDS:
        return _WORDS[word]
    for pattern, to in _ENDINGS if _ANY_ENDING.search(word) else ():
        changed = pattern.sub(to, word)
        if changed != word:
            return changed
    return word


# Which places have which words.

Index = dict[str, NDArray[np.intp]]
"""For each word the places that have it, in their order."""

NOWHERE: NDArray[np.intp] = np.array([], dtype=np.intp)


def index_of(words: Iterable[Iterable[str]]) -> Index:
    """The index of places that each have different words."""
    found: dict[str, list[int]] = {}
    for place, here in enumerate(words):
        for word in here:
            found.setdefault(word, []).append(place)
    return {word: np.array(places, dtype=np.intp) for word, places in found.items()}


def common(index: Index, words: frozenset[str], n: int) -> NDArray[np.intp]:
    """How many of the words each of `n` places has (places,)."""
    shared = np.zeros(n, dtype=np.intp)
    for word in words:
        shared[index.get(word, NOWHERE)] += 1
    return shared


# One article, and the pair.

_CAPTION = re.compile(
    r"^\W*FILE\b|\b[Ii]n this\b.{0,40}\b(?:photo|image|picture|video|frame)\b|\b(?:file|undated) photo\b"
    r"|[,(] ?(?:second |third |far |top |bottom )?(?:left|right|cent(?:er|re)|pictured)[,)]"
)
_FEWEST_WORDS = 4  # of a short sentence that states something
_LONG = 8  # words from which no verb is required
_OPENING = 4  # sentences


@dataclass(frozen=True, eq=False)
class Side:
    """One text of a pair: its document and its annotation, both in plain typography."""

    document: Document
    annotation: Annotation

    @cached_property
    def article(self) -> Article:
        """The article; all offsets refer to its text."""
        return self.document.article

    @cached_property
    def text(self) -> str:
        """The text of the article, title included."""
        return self.document.text

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the text."""
        return self.document.tokens

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the article; the methods refer to them by index."""
        return self.document.sentences

    def within(self, sentence: int) -> range:
        """Indices of the tokens of a sentence of the given index."""
        return self.document.within(sentence)

    def sentence_of(self, span: Span) -> int | None:
        """Index of the sentence in which `span` begins; None where it begins between sentences."""
        return self.document.sentence_of(span)

    def sentences_of(self, span: Span) -> range:
        """Indices of the sentences from the one in which `span` begins to the one in which it ends."""
        return self.document.sentences_of(span)

    def sentences_at(self, span: Span) -> range:
        """Indices of the sentences that have a character in common with `span`."""
        starts, ends = self._bounds
        return range(bisect_right(ends, span.start), bisect_left(starts, span.end))

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Start and end offsets of the sentences."""
        return [one.start for one in self.sentences], [one.end for one in self.sentences]

    @cached_property
    def terms(self) -> tuple[tuple[Term, ...], ...]:
        """The content terms of each sentence, with stems in one spelling (see `one_spelling`)."""
        return tuple(tuple(map(self._in_one_spelling, terms)) for terms in self.document.terms)

    def around(
        self, sentence: int, span: Span, most: int
    ) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """Up to `most` content terms of a sentence directly before a span, and as many directly after it."""
        terms, starts = self.terms[sentence], self._term_starts[sentence]
        first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return terms[max(0, first - most) : first], terms[end : end + most]

    @cached_property
    def _term_starts(self) -> tuple[list[int], ...]:
        """The start offsets of the content terms of each sentence."""
        starts = self.tokens.starts
        return tuple([starts[term.token] for term in terms] for terms in self.terms)

    def _in_one_spelling(self, term: Term) -> Term:
        form = self.tokens.forms[term.token]
        spelled = one_spelling(form)
        return term if spelled == form or term.kind != "word" else term._replace(stem=stem(spelled))

    @cached_property
    def sentence_stems(self) -> tuple[frozenset[str], ...]:
        """The stems of the content terms of each sentence."""
        return tuple(frozenset(term.stem for term in terms) for terms in self.terms)

    @cached_property
    def word_stems(self) -> tuple[frozenset[str], ...]:
        """The stems of the content terms of each sentence that are neither names nor numbers."""
        return tuple(
            frozenset(term.stem for term in terms if term.kind == "word") for terms in self.terms
        )

    def shared_with(self, stems: frozenset[str]) -> NDArray[np.intp]:
        """How many of the given stems each sentence has (sentences,)."""
        return common(self._sentences_with, stems, len(self.sentences))

    def overlaps_with(self, stems: frozenset[str]) -> NDArray[np.floating]:
        """The overlap coefficients of the given stems with those of each sentence (sentences,)."""
        smaller = np.minimum(len(stems), self._n_stems)
        return self.shared_with(stems) / np.maximum(1, smaller)

    def sentences_with(self, stem: str) -> tuple[int, ...]:
        """Indices of the sentences that have a stem."""
        return tuple(self._sentences_with.get(stem, NOWHERE).tolist())

    @cached_property
    def _n_stems(self) -> NDArray[np.intp]:
        return np.array([len(stems) for stems in self.sentence_stems], dtype=np.intp)

    @cached_property
    def _sentences_with(self) -> Index:
        return index_of(self.sentence_stems)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all content terms of the article."""
        return frozenset().union(*self.sentence_stems)

    def has_words(self, sentence: int) -> bool:
        """Whether a sentence has any word or number."""
        tokens = self.tokens
        return any(tokens.is_word[i] for i in self.within(sentence))

    def has_verb(self, sentence: int) -> bool:
        """Whether a sentence has a word with the form of a verb, or is a headline; credit lines have none."""
        if self.sentences[sentence].section == "headline":
            return True
        forms = (self.tokens.forms[k] for k in self.within(sentence))
        return any(form in FINITE or verb_like(form) for form in forms)

    def is_ended(self, sentence: int) -> bool:
        """Whether a sentence ends in final punctuation, unlike credits and page links, or is a headline."""
        here = self.sentences[sentence]
        ends = here.span.of(self.text).rstrip().rstrip("\"”'’)]")
        return here.section == "headline" or ends.endswith((".", "!", "?", "…", ":"))

    def is_furniture(self, sentence: int) -> bool:
        """Whether a line belongs to the web page, not the report: it states nothing and has no final mark."""
        return not self.is_ended(sentence) and not self.states_something(sentence)

    def states_something(self, sentence: int, in_other: bool = False) -> bool:
        """Whether a sentence makes a statement, unlike a dateline, a byline or a row of buttons.

        A headline always does. Other sentences need words of which more than half are not figures, and either
        eight words, or four with a verb form. Neither is required where the other text has the same statement
        (`in_other`).
        """
        if self.sentences[sentence].section == "headline":
            return True
        tokens = self.tokens
        within = self.within(sentence)
        words = [tokens.forms[k] for k in within if tokens.is_word[k]]
        figures = sum(word[0].isdigit() for word in words)
        if 2 * figures >= len(words):
            return False
        if in_other or len(words) >= _LONG:
            return True
        return len(words) >= _FEWEST_WORDS and self.has_verb(sentence)

    def top(self, in_other: Container[int]) -> tuple[int, ...]:
        """Indices of the headline and all sentences up to the first that may be the lead, which is included.

        `in_other` are the indices of sentences whose content the other text has as well.
        """
        found = []
        for i, sentence in enumerate(self.sentences):
            found.append(i)
            if sentence.section != "headline" and self.may_lead(i, i in in_other):
                break
        return tuple(found)

    def may_lead(self, sentence: int, in_other: bool = False) -> bool:
        """Whether a sentence can be the lead: a complete statement with final punctuation, not a caption."""
        here = self.sentences[sentence]
        caption = here.section != "headline" and _CAPTION.search(here.span.of(self.text))
        stating = self.is_ended(sentence) and self.states_something(sentence, in_other)
        return stating and not caption

    @cached_property
    def opening(self) -> tuple[int, ...]:
        """Indices of the first four sentences that state something, headline included."""
        stating = (i for i in range(len(self.sentences)) if self.states_something(i))
        return tuple(islice(stating, _OPENING))

    @cached_property
    def n_worded(self) -> int:
        """Number of sentences with at least one word."""
        return sum(map(self.has_words, range(len(self.sentences))))


@dataclass(frozen=True)
class Context:
    """An original, its repost and their sentence links; `reader` runs the network, if the profile has one."""

    original: Side
    repost: Side
    links: tuple[Link, ...]
    reader: "Callable[[Context], Any] | None" = None

    @cached_property
    def changes(self) -> Any:
        """The network's output for the pair (`change_reader.Changes`); None without a `reader`."""
        return None if self.reader is None else self.reader(self)

    @cached_property
    def tops(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Indices of headline and lead sentences of the original and of the repost (see `Side.top`)."""
        changed = [link for link in self.links if link.relation != "copied"]
        originals = {i for link in changed for i in link.original}
        return self.original.top(originals), self.repost.top(
            {j for link in changed for j in link.repost}
        )

    @cached_property
    def close_links(self) -> float:
        """The share of links that are no rewriting."""
        close = sum(link.relation != "rewritten" for link in self.links)
        return close / max(1, len(self.links))

    @cached_property
    def links_of(self) -> dict[int, list[tuple[int, Link]]]:
        """The links of each original sentence that has any, each with its place among all links."""
        found: dict[int, list[tuple[int, Link]]] = {}
        for n, link in enumerate(self.links):
            for i in link.original:
                found.setdefault(i, []).append((n, link))
        return found

    @cached_property
    def repost_of(self) -> dict[int, tuple[int, ...]]:
        """Sorted indices of the repost sentences linked to each original sentence that has a link."""
        return _grouped((o, r) for link in self.links for o in link.original for r in link.repost)

    @cached_property
    def original_of(self) -> dict[int, tuple[int, ...]]:
        """Sorted indices of the original sentences linked to each repost sentence that has a link."""
        return _grouped((r, o) for link in self.links for o in link.original for r in link.repost)


def _grouped(pairs: Iterator[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, set[int]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: tuple(sorted(values)) for key, values in sorted(found.items())}
