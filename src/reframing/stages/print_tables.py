"""Stage `print-tables`: the tables that a paper prints, in LaTeX and as HTML pages.

`python -m reframing.stages.print_tables` writes NAME.tex and NAME.html to results/tables/print, where NAME is
`effects` (corrected effects), `recognition` (precision and recall of moves), `validation` (scores on gold) or
`judged` (which of the reported moves readers found right). Their CSV tables lie above that folder.
"""

from pathlib import Path

from reframing.documents.params import read_params
from reframing.documents.tidy import load_results
from reframing.documents.writers import replacing
from reframing.report.printed_tables import (
    effects_table,
    judged_table,
    recognition_table,
    validation_table,
)
from reframing.stages.running import run_whole

OUT = Path("results/tables/print")


def main() -> None:
    """Write both forms of every table."""
    params = read_params()
    asked, gold = params.effects, params.validate
    effects, specifications = (
        load_results(f"effects/{name}") for name in ("effects", "specifications")
    )
    tables = (
        effects_table(effects, specifications, asked.interval, asked.fdr),
        recognition_table(load_results("effects/moves"), asked.interval),
        validation_table(load_results("validation"), gold.interval),
        judged_table(load_results("judged"), gold.interval),
    )
    OUT.mkdir(parents=True, exist_ok=True)
    for table in tables:
        for suffix, text in (("tex", table.tex()), ("html", table.html())):
            with replacing(OUT / f"{table.label}.{suffix}") as file:
                file.write(text.encode())


if __name__ == "__main__":
    run_whole(main)
