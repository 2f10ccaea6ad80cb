"""Hostile studies, paths, streams and command lines: each is answered, or refused in one line."""

from itertools import chain

import pytest

from hostile import path_cases, stage_cases
from hostile.case import Case, problems
from hostile.choosing import chosen
from hostile.running import Runner


@pytest.mark.parametrize("case", chosen(chain(path_cases.cases(), stage_cases.cases())))
def test_a_command_or_stage_answers_or_refuses_in_one_line(runner: Runner, case: Case) -> None:
    assert problems(case, runner.run(case)) == []
