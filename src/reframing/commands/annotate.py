"""`reframing annotate`: everything measured in each article."""

from reframing.commands.batch import (
    Outcome,
    check_inputs,
    error_log,
    located_articles,
    write_batch,
)
from reframing.commands.options import Articles, Errors, Jobs, Out
from reframing.errors import InputError
from reframing.json_records import annotation_record
from reframing.records import Article


def annotate(articles: Articles, out: Out = None, jobs: Jobs = 1, errors: Errors = None) -> None:
    """Measure each article. One record holds who says what, how sure and how loaded it sounds.

    Example: reframing annotate articles.jsonl --out annotations.parquet --jobs 0
    """
    from reframing.parallel import ordered_map

    check_inputs(articles, out, errors)
    with error_log(errors) as log:
        outcomes = ordered_map(annotated, located_articles(articles, log), jobs)
        write_batch(outcomes, out, "annotation", log)


def annotated(located: tuple[str, Article]) -> Outcome:
    """The record of one article from a file, or what is wrong with it."""
    from reframing.annotate import annotate as annotation_of

    file, article = located
    try:
        return annotation_record(article, annotation_of(article))
    except InputError as error:
        return error.within(file, article.id)
