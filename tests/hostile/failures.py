"""Lists the cases that fail, with what is wrong: `PYTHONPATH=tests python -m hostile.failures [PATTERN]`.

Of each class it runs the sample that `make test` runs; with HOSTILE=all in the environment, all cases. With
`--trim` it also takes out of known.py what no longer fails.
"""

import re
import sys
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path

from hostile import article_cases, coding_cases, known, path_cases, stage_cases
from hostile.case import problems
from hostile.choosing import selected
from hostile.running import Runner

MODULES = (article_cases, coding_cases, path_cases, stage_cases)


def main(pattern: str = "*", trim: bool = False) -> None:
    """Run every case whose id fits and print a line for each that fails."""
    right: list[str] = []
    failed = 0
    with Runner() as runner:
        for case in selected(chain.from_iterable(module.cases() for module in MODULES)):
            if not fnmatch(case.id, pattern):
                continue
            if wrong := problems(case, runner.run(case)):
                failed += 1
                new = "" if case.id in known.KNOWN else "new: "
                print(f"{new}{case.id}\t{'; '.join(wrong)}", flush=True)
            else:
                right.append(case.id)
    mended = [id for id in right if id in known.KNOWN]
    print(f"{failed} cases fail, {len(right)} are right", file=sys.stderr)
    print(f"{len(mended)} of those in known.py are right now", file=sys.stderr)
    if trim:
        _take_out(mended)


def _take_out(ids: list[str]) -> None:
    file = Path(known.__file__)
    text = file.read_text(encoding="utf8")
    for id in ids:
        text = re.sub(rf"^ *{re.escape(id)}\n", "", text, flags=re.M)
    file.write_text(text, encoding="utf8")


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--trim"]
    main(*given[:1], trim="--trim" in sys.argv)
