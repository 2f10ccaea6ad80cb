"""Annotate an article: every construct of its text in one record."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from reframing.constructs.features import features
from reframing.constructs.hedging import BLURRING
from reframing.constructs.scope import with_scopes
from reframing.constructs.speakers import with_speakers
from reframing.constructs.targets import check_targets
from reframing.errors import InputError
from reframing.parallel import ordered_map
from reframing.plain import as_given, set_plain
from reframing.profiles import DEFAULT, PROFILES, Profile
from reframing.profiles.layers import Layers, Measures, lay_out
from reframing.records import Annotation, Article
from reframing.segment.typography import plain_text

Item = TypeVar("Item")

BATCH = 32
"""Articles that are read together; no article's record depends on the others."""


def annotate(article: Article, profile: Profile = DEFAULT) -> Annotation:
    """Sentences, attributions, quotations, hedges, boosters, evaluations, targets and features.

    Raises `InputError` where a target of the article lies outside its text.
    """
    (outcome,) = annotate_each([article], profile)
    if isinstance(outcome, InputError):
        raise outcome
    return outcome


def annotate_all(
    articles: Iterable[Article], jobs: int = 1, profile: Profile = DEFAULT
) -> Iterator[Annotation]:
    """Annotations in the order of `articles`, the same for any number of `jobs`.

    Raises the `InputError` of the first article that has one.
    """
    for outcomes in ordered_map(
        partial(annotate_each, profile=profile), batches(articles), jobs, 2
    ):
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                raise outcome
            yield outcome


def annotate_each(
    articles: Sequence[Article], profile: Profile = DEFAULT
) -> list[Annotation | InputError]:
    """The annotation of each article, or what is wrong with it."""
    problems = [_problem(article) for article in articles]
    sound = [article for article, problem in zip(articles, problems, strict=True) if not problem]
    texts = [plain_text(article.text) for article in sound]
    laid = [lay_out(set_plain(*each)) for each in zip(sound, texts, strict=True)]
    measured = zip(laid, PROFILES[profile](laid), texts, strict=True)
    annotations = (as_given(_annotation(layers, of), text) for layers, of, text in measured)
    return [problem or next(annotations) for problem in problems]


def batches(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """The items in groups of `BATCH`, in their order."""
    iterator = iter(items)
    while batch := tuple(islice(iterator, BATCH)):
        yield batch


def _problem(article: Article) -> InputError | None:
    try:
        check_targets(article)
    except InputError as error:
        return error
    return None


def _annotation(layers: Layers, measures: Measures) -> Annotation:
    article, tokens, sentences, quotes = layers
    hedges = tuple(hedge for hedge in measures.hedges if hedge.category not in BLURRING)
    blurring = tuple(hedge for hedge in measures.hedges if hedge.category in BLURRING)
    return Annotation(
        id=article.id,
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
