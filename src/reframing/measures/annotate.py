"""Annotates articles: computes all measures of a text and collects them in one `Annotation` record.

A profile decides how the constructs are found. `full` (default) uses trained networks (`models/`) for
attributions, hedges, loaded words, certainty, bias, causal strength and sentiment toward targets, keeps the
categories of the lexicons, and aligns paraphrases by sentence vectors. `lexicon` uses rules and word lists.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Literal, TypeVar

from reframing.documents.document import Document, Text, document_of
from reframing.documents.errors import InputError
from reframing.documents.parallel import ordered_map
from reframing.documents.records import Annotation, Article
from reframing.measures.features import features
from reframing.measures.hedging import BLURRING
from reframing.measures.profile_full import by_network
from reframing.measures.profile_lexicon import Measures, by_lexicon
from reframing.measures.quotations import quotes_of, with_speakers
from reframing.measures.scope import with_scopes
from reframing.measures.targets import check_targets
from reframing.networks.network import Floats
from reframing.networks.tagger import embed

# Profiles.

Profile = Literal["full", "lexicon"]

DEFAULT: Profile = "full"

PROFILES: dict[Profile, Callable[[Sequence[Document]], list[Measures]]] = {
    "full": by_network,
    "lexicon": by_lexicon,
}


EMBEDDERS: dict[Profile, Callable[[Sequence[str]], Floats] | None] = {
    "full": embed,
    "lexicon": None,
}
"""Per profile, the function that computes sentence vectors for alignment; None if it uses no vectors."""


def profile_named(name: str, file: str | None = None, field: str | None = None) -> Profile:
    """The profile called `name`.

    Raises `InputError` listing the available profiles if there is none; `file` and `field` locate the error.
    """
    for profile in PROFILES:
        if profile == name:
            return profile
    problem = f"'{name}' is no profile; expected {' or '.join(PROFILES)}"
    raise InputError(problem, file, field=field)


# Annotation of articles.

Item = TypeVar("Item")

BATCH = 32
"""Number of articles processed together, for speed only: no article's record depends on the others."""


def annotate(text: Text, profile: Profile = DEFAULT) -> Annotation:
    """The complete annotation of one article: all spans, scores per sentence, and features.

    Raises `InputError` if a target lies outside the article's text, or a network of the profile is missing.
    """
    (annotation,) = annotate_together([text], profile)
    return annotation


def annotate_together(texts: Sequence[Text], profile: Profile = DEFAULT) -> list[Annotation]:
    """The annotation of each article, as by `annotate`, in less time than one by one."""
    found = []
    for outcome in annotate_each(texts, profile):
        if isinstance(outcome, InputError):
            raise outcome
        found.append(outcome)
    return found


def annotate_all(
    articles: Iterable[Article], jobs: int = 1, profile: Profile = DEFAULT
) -> Iterator[Annotation]:
    """Annotations in the order of `articles`, identical for any number of parallel `jobs`.

    Raises the `InputError` of the first invalid article, after yielding the annotations before it.
    """
    for outcomes in ordered_map(
        partial(annotate_each, profile=profile), batches(articles), jobs, 2
    ):
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                raise outcome
            yield outcome


def annotate_each(
    texts: Sequence[Text], profile: Profile = DEFAULT
) -> list[Annotation | InputError]:
    """For each article its annotation, or the `InputError` that says which of its targets is invalid.

    Raises `InputError` if a network of the profile is missing.
    """
    problems = [_problem(text.given if isinstance(text, Document) else text) for text in texts]
    sound = zip(texts, problems, strict=True)
    documents = [document_of(text) for text, problem in sound if not problem]
    measured = zip(documents, PROFILES[profile](documents), strict=True)
    annotations = (document.as_given(_annotation(document, of)) for document, of in measured)
    return [problem or next(annotations) for problem in problems]


def batches(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """The items in tuples of `BATCH`, in order; the last one may be shorter."""
    iterator = iter(items)
    while batch := tuple(islice(iterator, BATCH)):
        yield batch


def _problem(article: Article) -> InputError | None:
    try:
        check_targets(article)
    except InputError as error:
        return error
    return None


def _annotation(document: Document, measures: Measures) -> Annotation:
    tokens, sentences, quotes = document.tokens, document.sentences, document.of(quotes_of)
    hedges = tuple(hedge for hedge in measures.hedges if hedge.category not in BLURRING)
    blurring = tuple(hedge for hedge in measures.hedges if hedge.category in BLURRING)
    return Annotation(
        id=document.article.id,
        n_tokens=tokens.n_words,
        sentences=sentences,
        scores=measures.scores,
        attributions=measures.attributions,
        quotes=with_speakers(quotes, measures.attributions),
        hedges=with_scopes(tokens, sentences, hedges),
        approximators=with_scopes(tokens, sentences, blurring),
        boosters=with_scopes(tokens, sentences, measures.boosters),
        evaluations=measures.evaluations,
        targets=measures.targets,
        features=features(
            tokens,
            sentences,
            measures.scores,
            measures.attributions,
            quotes,
            hedges,
            measures.boosters,
            measures.evaluations,
        ),
    )
