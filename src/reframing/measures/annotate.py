"""Annotate an article: every construct of its text in one record."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Literal, TypeVar

from reframing.documents.errors import InputError
from reframing.documents.parallel import ordered_map
from reframing.documents.records import Annotation, Article
from reframing.documents.typography import as_given, plain_text, set_plain
from reframing.measures.features import features
from reframing.measures.hedging import BLURRING
from reframing.measures.profile_full import by_network
from reframing.measures.profile_lexicon import Layers, Measures, by_lexicon, lay_out
from reframing.measures.quotations import with_speakers
from reframing.measures.scope import with_scopes
from reframing.measures.targets import check_targets
from reframing.networks.network import Floats
from reframing.networks.tagger import embed

# Profiles: by what the constructs of a text are found.
#
# `full` reads attributions, hedges, loaded words, certainty, bias and sentiment toward targets with
# trained networks (`models/`), keeps the categories of the lexicons, and aligns paraphrases by the vectors
# of a network. `lexicon` needs none.

Profile = Literal["full", "lexicon"]

DEFAULT: Profile = "full"

PROFILES: dict[Profile, Callable[[Sequence[Layers]], list[Measures]]] = {
    "full": by_network,
    "lexicon": by_lexicon,
}


EMBEDDERS: dict[Profile, Callable[[Sequence[str]], Floats] | None] = {
    "full": embed,
    "lexicon": None,
}
"""What gives sentences their vectors for alignment."""


def profile_named(name: str, file: str | None = None, field: str | None = None) -> Profile:
    """The profile of that name; raises `InputError` that names those there are."""
    for profile in PROFILES:
        if profile == name:
            return profile
    problem = f"'{name}' is no profile; expected {' or '.join(PROFILES)}"
    raise InputError(problem, file, field=field)


# Annotate an article: every construct of its text in one record.

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
