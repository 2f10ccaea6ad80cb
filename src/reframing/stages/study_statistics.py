"""Stage `statistics`: the tables of a study, from its compared pairs.

`python -m reframing.stages.study_statistics CORPUS` writes to results/tables/CORPUS/: statistics as
*.csv, with columns documented in `reframing.statistics.study_tables.COLUMNS`, and the articles,
sentences, spans, pairs, links and moves behind them as tidy *.parquet tables.
"""

from collections.abc import Iterable
from pathlib import Path

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from reframing.documents.records import Annotation, Article, Pair, Studied
from reframing.documents.tables import read_records
from reframing.documents.tidy import write_tidy
from reframing.reading.prepare import Dropped
from reframing.stages.running import run
from reframing.statistics.flow import held_of
from reframing.statistics.pair_units import unit_move_rows, unit_rows, units_of
from reframing.statistics.study_tables import study_tables, write_table
from reframing.statistics.tidy_rows import (
    Row,
    article_row,
    candidate_row,
    dropped_row,
    link_rows,
    move_rows,
    pair_rows,
    sentence_rows,
    span_rows,
    statistics_rows,
)

TABLES = Path("results/tables")


def statistics(corpus: str) -> None:
    """Write every table of the study of one corpus; raises `InputError` if it has no pair to study."""
    params = read_params()
    studied = list(read_records(files.comparisons(corpus), Studied))
    directed = params.corpora[corpus].directed
    articles = of_articles(corpus)
    dropped = list(read_records(files.dropped(corpus), Dropped))
    candidates = list(read_records(files.pairs(corpus), Pair))
    held = held_of(len(articles["articles"]), dropped, candidates)
    tables = study_tables(studied, params.statistics, params.seed, directed, held)
    if not tables["n"]["condition"].isin(["repost", "version"]).any():
        problem = "has no pair of an original and its repost: there is nothing to study"
        raise InputError(problem, str(files.pairs(corpus)))
    folder = TABLES / corpus
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")
    groups = {row["article"]: row["group"] for row in articles["articles"]}
    units = [(one, units_of(one)) for one in studied]
    tidy: dict[str, Iterable[Row]] = {
        **articles,
        "dropped": map(dropped_row, dropped),
        "candidates": map(candidate_row, candidates),
        "pairs": pair_rows(studied, params.statistics, params.seed, groups),
        "units": (row for one, of in units for row in unit_rows(one, of)),
        "unit_moves": (row for one, of in units for row in unit_move_rows(one, of)),
        "links": (row for one in studied for row in link_rows(one)),
        "moves": (row for one in studied for row in move_rows(one)),
        "statistics": statistics_rows(tables),
    }
    for name, rows in tidy.items():
        write_tidy(folder / f"{name}.parquet", name, rows)


def of_articles(corpus: str) -> dict[str, list[Row]]:
    """The rows of articles, sentences and spans of a corpus, in the order of its articles."""
    rows: dict[str, list[Row]] = {"articles": [], "sentences": [], "spans": []}
    articles = read_records(files.articles(corpus), Article)
    annotations = read_records(files.annotations(corpus), Annotation)
    for article, annotation in zip(articles, annotations, strict=True):
        sentences = list(sentence_rows(article, annotation))
        rows["articles"].append(article_row(article, sentences))
        rows["sentences"] += sentences
        rows["spans"] += span_rows(annotation)
    return rows


if __name__ == "__main__":
    run(statistics)
