"""One server for the cases of a process."""

from collections.abc import Iterator

import pytest

from hostile.running import Runner


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    with Runner() as running:
        yield running
