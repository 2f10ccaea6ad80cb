"""Stage `judged`: how many of the moves that readers judged are right.

`python -m reframing.stages.judged` reads data/judgements/moves.tsv, the verdicts of readers on moves drawn from
real corpora, and writes results/tables/judged.csv. No text is in either.
"""

from pathlib import Path

from reframing.coding.judging import as_csv, precisions, read_judged
from reframing.params import read_params
from reframing.stages import files

JUDGEMENTS = Path("data/judgements/moves.tsv")
TABLE = Path("results/tables/judged.csv")


def main() -> None:
    params = read_params()
    rows = precisions(read_judged(JUDGEMENTS), params.validate.interval)
    TABLE.write_text(as_csv(rows), encoding="utf8")


if __name__ == "__main__":
    files.run_whole(main)
