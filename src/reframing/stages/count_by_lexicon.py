"""Stage `by-lexicon`: the moves that the profile without networks finds in the units of a corpus.

`python -m reframing.stages.count_by_lexicon CORPUS` compares the pairs of the study anew, with the same links
of sentences but annotations and moves of the profile `lexicon`, and writes the table `unit_moves` of these to
results/tables/by-lexicon/CORPUS.parquet. The effects are estimated with either (`statistics.specifications`).
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from reframing.documents import files
from reframing.documents.document import Document
from reframing.documents.parallel import ordered_map
from reframing.documents.params import CompareParams, read_params
from reframing.documents.records import Article, Studied
from reframing.documents.tables import read_records
from reframing.documents.tidy import moves_by_lexicon, write_tidy
from reframing.measures.annotate import Profile, annotate
from reframing.moves.compare import found_between
from reframing.stages.running import run
from reframing.statistics.pair_units import unit_move_rows, units_of

PROFILE: Profile = "lexicon"

Task = tuple[Studied, Article, Article]


def main(corpus: str) -> None:
    articles = {article.id: article for article in read_records(files.articles(corpus), Article)}
    tasks = (
        (studied, articles[studied.pair.original], articles[studied.pair.repost])
        for studied in read_records(files.comparisons(corpus), Studied)
        if studied.pair.condition != "copy"
    )
    count = partial(rows_of, read_params().compare)
    rows = (row for of in ordered_map(count, tasks, files.jobs()) for row in of)
    write_tidy(moves_by_lexicon(corpus), "unit_moves", rows)


def rows_of(params: CompareParams, task: Task) -> list[dict[str, Any]]:
    """The rows of `unit_moves` of one pair, by the profile without networks."""
    return list(_rows(params, *task))


def _rows(
    params: CompareParams, studied: Studied, original: Article, repost: Article
) -> Iterator[dict[str, Any]]:
    comparison = studied.comparison
    documents = Document(original), Document(repost)
    found = found_between(
        *documents,
        id=comparison.id,
        original_annotation=annotate(documents[0], PROFILE),
        repost_annotation=annotate(documents[1], PROFILE),
        links=comparison.alignment,
        relation=comparison.relation,
        compare_params=params,
        profile=PROFILE,
    )
    other = replace(studied, comparison=found.comparison, proposals=found.proposed)
    return unit_move_rows(other, units_of(other))


if __name__ == "__main__":
    run(main)
