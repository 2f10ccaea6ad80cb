"""Stage `statistics`: the tables of a study, from its compared pairs.

`python -m reframing.stages.statistics CORPUS` writes results/tables/CORPUS/*.csv; what their columns
hold is said in `reframing.statistics.COLUMNS`.
"""

from pathlib import Path

from reframing.errors import InputError
from reframing.params import read_params
from reframing.records import Studied
from reframing.stages import files
from reframing.statistics import study_tables
from reframing.statistics.files import write_table
from reframing.tables import read_records

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
    files.run(statistics)
