"""Hostile parameters, manifests, raw files, intermediates and results: each is refused in one line."""

import pytest

from hostile import stage_cases
from hostile.case import Case, problems
from hostile.choosing import chosen
from hostile.running import Runner


@pytest.mark.parametrize("case", chosen(stage_cases.cases()))
def test_a_stage_answers_or_refuses_in_one_line(runner: Runner, case: Case) -> None:
    assert problems(case, runner.run(case)) == []
