"""Hostile articles, pairs, marks and sheets: each is answered, or refused in one line."""

from itertools import chain

import pytest

from hostile import article_cases, coding_cases
from hostile.case import Case, problems
from hostile.choosing import chosen
from hostile.running import Runner


@pytest.mark.parametrize("case", chosen(chain(article_cases.cases(), coding_cases.cases())))
def test_a_command_answers_or_refuses_in_one_line(runner: Runner, case: Case) -> None:
    assert problems(case, runner.run(case)) == []
