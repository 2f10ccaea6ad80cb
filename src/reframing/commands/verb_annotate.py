"""The commands `reframing annotate`, `pair` and `fetch`."""

from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reframing.commands.batch import (
    Outcome,
    check_files,
    check_standard_output,
    circular,
    error_log,
    foreign,
    located_articles,
    misdeclared,
    no_pair,
    write_batch,
)
from reframing.commands.options import Articles, Errors, Jobs, JobsUnused, Out, Profile
from reframing.documents.errors import InputError
from reframing.documents.json_records import annotation_record, pair_record
from reframing.documents.messages import visible, warn
from reframing.documents.params import PairParams
from reframing.documents.records import Annotation, Article

# `reframing annotate`: all measures of each article.

if TYPE_CHECKING:
    from reframing.measures.annotate import Profile as Profiles


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
    from reframing.documents.parallel import ordered_map
    from reframing.measures.annotate import batches, profile_named

    check_files(articles, out, errors)
    annotate_batch = partial(annotated, profile=profile_named(profile, field="--profile"))
    with error_log(errors) as log:
        located = located_articles(articles, log)
        outcomes = chain.from_iterable(ordered_map(annotate_batch, batches(located), jobs, 2))
        write_batch(outcomes, out, "annotation", log)


def annotated(located: Sequence[tuple[str, Article]], profile: "Profiles") -> list[Outcome]:
    """For each (file, article) its record, or the error that it gives."""
    from reframing.measures.annotate import annotate_each

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


# `reframing pair`: which articles share text or an event, and which came first.


def pair(articles: Articles, out: Out = None, jobs: JobsUnused = 1, errors: Errors = None) -> None:
    """Find reposts among articles. One record a pair: relation, direction, and why.

    Of more than 60 copies of one text, each is paired with the earliest, not with all the others.

    Example: reframing pair originals.jsonl reposts.csv --out pairs.jsonl
    """
    from reframing.pairing.pair import find_pairs

    check_files(articles, out, errors)
    with error_log(errors) as log:
        located = list(located_articles(articles, log))
        originals = {article.id: article.original for _, article in located}
        in_circles = circular(originals)
        found = []
        for file, article in located:
            problem = foreign(article, file, article.id) or misdeclared(
                article, file, originals, in_circles
            )
            if problem is None:
                found.append(article)
            else:
                log.report(problem)
        if len(found) < 2:
            raise no_pair(len(found), articles[0])
        pairs = find_pairs(found, on_crowd=_say_crowded)
        write_batch(map(pair_record, pairs), out, "pair", log)
        if not pairs:
            warn(f"no pair among {len(found)} articles")


def _say_crowded(articles: int) -> None:
    """Report on standard error that not all pairs of very many copies were looked at."""
    copies = f"{articles:,} articles are copies or near copies of more than {PairParams().max_bucket} others"
    warn(f"{copies}; each is paired with the earliest, not with all")


# `reframing fetch`: the files of a corpus, as its manifest declares them.

ManifestFile = Annotated[
    Path,
    typer.Argument(metavar="MANIFEST", help="A manifest (YAML): what to fetch, sizes and hashes."),
]
Into = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the corpus; data/raw/NAME unless given."),
]
Mirror = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        envvar="REFRAMING_MIRROR",
        exists=True,
        file_okay=False,
        help="Read from this folder instead of the network, with the same checks.",
    ),
]


def fetch(manifest: ManifestFile, into: Into = None, mirror: Mirror = None) -> None:
    """Fetch and verify a corpus. A rerun fetches only what is missing.

    Example: reframing fetch data/manifests/polnear.yaml --mirror ../mirror
    """
    from reframing.reading.fetch import acquire
    from reframing.reading.manifest import read_manifest

    check_standard_output()
    declared = read_manifest(manifest)
    typer.echo(visible(str(acquire(declared, into or Path("data/raw") / declared.name, mirror))))
