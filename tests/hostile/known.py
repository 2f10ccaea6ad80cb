"""Cases that fail, by the reason why; to shrink to nothing.

A case that passes although it is listed here is an error, so whoever mends one takes it out:
`PYTHONPATH=tests python -m hostile.failures --trim` does so. Cases of `UNENDING` reasons are not run.
"""

ROOTS: dict[str, str] = {}
UNENDING_ROOTS: dict[str, str] = {}

KNOWN = {
    id: why for why, ids in {**ROOTS, **UNENDING_ROOTS}.items() for id in ids.split("\n") if id
}
UNENDING = {id for ids in UNENDING_ROOTS.values() for id in ids.split("\n") if id}
