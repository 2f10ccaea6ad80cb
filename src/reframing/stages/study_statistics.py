"""Stage `statistics`: the tables of a study, from its compared pairs.

`python -m reframing.stages.study_statistics CORPUS` writes results/tables/CORPUS/*.csv; what their columns
hold is said in `reframing.statistics.study_tables.COLUMNS`.
"""

from pathlib import Path

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from reframing.documents.records import Studied
from reframing.documents.tables import read_records
from reframing.stages.running import run
from reframing.statistics.study_tables import study_tables, write_table

TABLES = Path("results/tables")


def statistics(corpus: str) -> None:
    """Write every table of the study of one corpus."""
    params = read_params()
    studied = read_records(files.comparisons(corpus), Studied)
    directed = params.corpora[corpus].directed
    tables = study_tables(studied, params.statistics, params.seed, directed)
    if not tables["n"]["condition"].isin(["repost", "version"]).any():
        problem = "has no pair of an original and its repost: there is nothing to study"
        raise InputError(problem, str(files.pairs(corpus)))
    folder = TABLES / corpus
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")


if __name__ == "__main__":
    run(statistics)
