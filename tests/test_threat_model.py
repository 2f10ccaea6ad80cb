"""docs/threat-model.md: the bounds that it gives are those of the code, and what it names exists."""

import re
from pathlib import Path

import pytest

from reframing.documents import plain_yaml
from reframing.reading import fields
from reframing.reading.http import FetchParams

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/threat-model.md").read_text(encoding="utf8")


@pytest.mark.parametrize(
    "promise",
    [
        f"{fields.MAX_CHARACTERS:,} characters an article",
        f"{fields.MAX_LINE_BYTES:,} bytes a line",
        f"{plain_yaml.MAX_BYTES // 1024**2} MiB",
        f"{plain_yaml.MAX_VALUES:,} values",
        f"{plain_yaml.MAX_DEPTH} levels",
        f"at most {FetchParams().max_redirects} redirects",
    ],
)
def test_bounds_are_those_of_the_code(promise: str) -> None:
    assert promise in " ".join(PAGE.split())


def test_files_that_the_page_names_exist() -> None:
    named = re.findall(r"`([\w/.]+(?:\.py|\.yaml|\.txt|/))`", PAGE)
    places = (ROOT, ROOT / "src/reframing")
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    assert named
    assert missing == []


def test_environment_variables_that_the_page_names_are_read() -> None:
    code = "\n".join(file.read_text("utf8") for file in (ROOT / "src").rglob("*.py"))
    for name in re.findall(r"`(REFRAMING_\w+)`", PAGE):
        assert f'"{name}"' in code
