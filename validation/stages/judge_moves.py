"""Stage `judged`: the share of moves that readers judged right.

`python -m validation.stages.judge_moves` reads data/judgements/moves.tsv, the verdicts of readers on
moves drawn from real corpora. It writes to results/tables: judged.csv by corpus and move,
judged_by_score.csv by score, and judged_causes.csv with the reasons for wrong moves. None of them
contains text.
"""

from pathlib import Path

from reframing.coding.judging import causes_csv, read_judged
from reframing.coding.precision import as_csv, by_score, precisions
from reframing.documents import files
from reframing.documents.params import read_params
from reframing.stages.running import run_whole

JUDGEMENTS = Path("data/judgements/moves.tsv")
BY_SCORE = Path("results/tables/judged_by_score.csv")
CAUSES = Path("results/tables/judged_causes.csv")
BINS = 5


def main() -> None:
    params = read_params()
    interval, judged = params.validate.interval, read_judged(JUDGEMENTS)
    files.judged_table().write_text(as_csv(precisions(judged, interval)), encoding="utf8")
    BY_SCORE.write_text(as_csv(by_score(judged, BINS, interval)), encoding="utf8")
    CAUSES.write_text(causes_csv(judged), encoding="utf8")


if __name__ == "__main__":
    run_whole(main)
