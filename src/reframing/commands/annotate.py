"""`reframing annotate`: everything measured in each article."""

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from reframing.commands.batch import (
    Outcome,
    check_files,
    error_log,
    foreign,
    located_articles,
    write_batch,
)
from reframing.commands.options import Articles, Errors, Jobs, Out, Profile
from reframing.errors import InputError
from reframing.json_records import annotation_record
from reframing.records import Annotation, Article

if TYPE_CHECKING:
    from reframing.profiles import Profile as Profiles


def annotate(
    articles: Articles,
    out: Out = None,
    jobs: Jobs = 1,
    errors: Errors = None,
    profile: Profile = "full",
) -> None:
    """Measure each article. One record holds who says what, how sure and how loaded it sounds.

    Articles that are not in English are left out and reported.

    Example: reframing annotate articles.jsonl --out annotations.parquet --jobs 0
    """
    from reframing.annotate import batches
    from reframing.parallel import ordered_map
    from reframing.profiles import profile_named

    check_files(articles, out, errors)
    annotate_batch = partial(annotated, profile=profile_named(profile, field="--profile"))
    with error_log(errors) as log:
        located = located_articles(articles, log)
        outcomes = chain.from_iterable(ordered_map(annotate_batch, batches(located), jobs, 2))
        write_batch(outcomes, out, "annotation", log)


def annotated(located: Sequence[tuple[str, Article]], profile: "Profiles") -> list[Outcome]:
    """The record of each article from a file, or what is wrong with it."""
    from reframing.annotate import annotate_each

    left_out = [foreign(article, file, article.id) for file, article in located]
    kept = [article for (_, article), out in zip(located, left_out, strict=True) if out is None]
    annotations = iter(annotate_each(kept, profile))
    return [
        _outcome(*one, next(annotations)) if out is None else out
        for one, out in zip(located, left_out, strict=True)
    ]


def _outcome(file: str, article: Article, annotation: Annotation | InputError) -> Outcome:
    if isinstance(annotation, InputError):
        return annotation.within(file, article.id)
    return annotation_record(article, annotation)
