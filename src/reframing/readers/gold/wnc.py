"""Wikipedia sentences before and after an editor made them neutral (Pryzant et al. 2020)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reframing.errors import InputError
from reframing.readers.gold.records_in import whole_text

FOLDER = Path("baselines/test_data")


@dataclass(frozen=True, slots=True)
class NeutralizedPair:
    """A sentence as it stood (`biased`) and as the editor left it (`neutral`).

    Both are lower-cased and tokenised with blanks, as the corpus has them. It names no articles:
    both texts together stand for the `document`.
    """

    id: str
    document: str
    biased: str
    neutral: str


def read_wnc(folder: Path) -> Iterator[NeutralizedPair]:
    """The pairs, in the order of the files; raises `InputError` where these have different lengths."""
    before, after = (_lines(folder / FOLDER / f"{side}.train") for side in ("pre", "post"))
    if len(before) != len(after):
        problem = f"has {len(after)} lines, its counterpart {len(before)}; fetch both again"
        raise InputError(problem, str(folder / FOLDER / "post.train"))
    for number, (biased, neutral) in enumerate(zip(before, after, strict=True), 1):
        yield NeutralizedPair(f"wnc-{number}", f"{biased}\t{neutral}", biased, neutral)


def _lines(path: Path) -> list[str]:
    return whole_text(path).removesuffix("\n").split("\n")
