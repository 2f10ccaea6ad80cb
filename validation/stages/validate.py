"""Stage `validate`: the scores of every profile on the gold suite, with baselines.

`python -m validation.stages.validate` writes results/validation.json and results/tables/validation.csv,
and prints the scores.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from reframing.documents.records import Annotation, Article, Span, Target
from reframing.measures.annotate import EMBEDDERS, PROFILES, Profile, annotate, annotate_all
from reframing.moves.compare import side_of
from reframing.moves.context import Context, Side
from reframing.moves.support import support
from reframing.pairing.align import Embedder, align
from reframing.stages.running import run_whole
from validation.exam import Annotate, Gold, System, alone
from validation.gold_suite import lines, record, run_suite, table

_PROBE = Article("probe", "Rain fell.", targets=(Target(Span(0, 4)),))


def main() -> None:
    params = read_params()
    scores = run_suite(list(systems()), Gold(), params.validate, params.seed)
    scored = record(scores, params.validate, params.seed)
    files.scores_table().parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(scored, indent=1, ensure_ascii=False, allow_nan=False)
    files.scores().write_text(text + "\n", encoding="utf8")
    files.scores_table().write_text(table(scores.whole), encoding="utf8")
    print("\n".join(lines(scores)))


def systems() -> Iterator[System]:
    """Every profile that can annotate here; a profile without its network is named on standard error."""
    for profile in sorted(PROFILES):
        try:
            annotate(_PROBE, profile)
        except InputError as error:
            print(f"reframing: profile {profile} is not scored: {error}", file=sys.stderr)
        else:
            yield system(profile)


def system(profile: Profile) -> System:
    """A profile as a system under test, run on all cores that a stage may use."""

    def annotated(articles: Iterable[Article]) -> Iterator[Annotation]:
        return annotate_all(articles, files.jobs(), profile)

    return System(profile, annotated, lambda pairs: supports(pairs, annotated, EMBEDDERS[profile]))


def supports(
    pairs: Sequence[tuple[str, str]], annotated: Annotate, embed: Embedder | None
) -> list[float]:
    """The support of each summary by its source text, in [0, 1]: that of its least supported sentence."""
    texts = sorted({text for pair in pairs for text in pair})
    articles = list(alone(texts))
    sides = {
        a.text: side_of(a, done) for a, done in zip(articles, annotated(articles), strict=True)
    }
    return [_least_support(sides[source], sides[summary], embed) for source, summary in pairs]


def _least_support(source: Side, summary: Side, embed: Embedder | None) -> float:
    links = align(source.document, summary.document, embed=embed)
    return min(support(Context(source, summary, links)), default=1.0)


if __name__ == "__main__":
    run_whole(main)
