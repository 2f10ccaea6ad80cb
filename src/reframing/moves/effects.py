"""What a move changes and what it does to a reader, in two sentences (effects.tsv)."""

import csv
import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

_BARE = re.compile(r"(“?)\{(was|now)\}(”?)")
_LONGEST = 90  # characters of a passage that an explanation repeats


class Effect(NamedTuple):
    """What happened, with places for the words of both texts, and what a reader of the repost makes of it."""

    change: str
    effect: str


@lru_cache
def effects() -> dict[str, Effect]:
    """The effect of each move by its slug."""
    table = resources.files("reframing") / "moves" / "effects.tsv"
    rows = csv.DictReader(
        table.read_text(encoding="utf8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return {row["slug"]: Effect(row["change"], row["effect"]) for row in rows}


def explained(slug: str, was: str | None, now: str | None) -> str:
    """What happened, with the words of both texts where there are any, and its effect."""
    told = effects()[slug]
    words = {"was": was, "now": now}

    def put_in(place: re.Match[str]) -> str:
        said = words[place[2]]
        if place[1]:  # the sentence has marks of its own
            return f"“{_shortened(said)}”" if said else "its source"
        return f" (“{_shortened(said)}”)" if said else ""

    return f"{_BARE.sub(put_in, told.change)} {told.effect}"


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
