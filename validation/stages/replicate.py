"""Stage `replications`: what labels by people give, by the machine alone, corrected, and by all labels.

`python -m validation.stages.replicate` writes results/tables/replications.csv. The machines are profile full
and, as one that is more often wrong, profile lexicon. Of corpora that networks learn from, only the reported
parts are used (data/splits).
"""

from collections.abc import Iterator
from pathlib import Path

from reframing.documents.params import read_params
from reframing.documents.tables import csv_text
from reframing.measures.annotate import Profile
from reframing.stages.running import run_whole
from validation.exam import Gold, System, mean_score
from validation.exams import claim_strength, insciout, pei_jurgens, polnear
from validation.replications import (
    COLUMNS,
    Replication,
    of_certainty,
    of_claims,
    of_insciout,
    of_polnear,
    table,
)
from validation.stages.validate import system

TABLE = Path("results/tables/replications.csv")


MACHINES: tuple[Profile, ...] = ("full", "lexicon")


def main() -> None:
    params = read_params()
    by_machine: dict[str, list[Replication]] = {
        machine: list(replications(Gold(), system(machine))) for machine in MACHINES
    }
    rows = table(by_machine, params.validate.interval, params.seed)
    cells = [[row.get(column, "") for column in COLUMNS] for row in rows]
    TABLE.write_text(csv_text((COLUMNS, *cells)), encoding="utf8")


def replications(gold: Gold, machine: System) -> Iterator[Replication]:
    """Every replication, from the texts of the exams and what the machine measures in them."""
    pairs = insciout.read(gold)
    abstracts, releases = (
        machine.grade(texts)
        for texts in ([pair.abstract for pair in pairs], [pair.release for pair in pairs])
    )
    yield from of_insciout(pairs, abstracts, releases)
    claims = claim_strength.read(gold)
    yield from of_claims(claims, machine.grade([claim.text for claim in claims]))
    findings = pei_jurgens.read(gold)
    read = machine.read(finding.text for finding in findings)
    yield from of_certainty(findings, [mean_score(one, "certainty") for one in read])
    documents = polnear.read(gold)
    yield from of_polnear(documents, list(machine.annotate(map(polnear.article_of, documents))))


if __name__ == "__main__":
    run_whole(main)
