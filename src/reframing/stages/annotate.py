"""Stage `annotate`: every construct of every article."""

from collections.abc import Callable, Iterable, Iterator

from reframing.annotate import annotate_all
from reframing.errors import InputError
from reframing.params import AnnotateParams, read_params
from reframing.records import Annotation, Article
from reframing.stages import files
from reframing.tables import read_records, write_records

Annotator = Callable[[Iterable[Article], int], Iterator[Annotation]]

PROFILES: dict[str, Annotator] = {"lexicon": annotate_all}


def main(corpus: str) -> None:
    annotate = annotator(read_params().annotate)
    articles = read_records(files.articles(corpus), Article)
    write_records(files.annotations(corpus), Annotation, annotate(articles, files.jobs()))


def annotator(params: AnnotateParams) -> Annotator:
    """The annotator of a profile; raises `InputError` that names the profiles there are."""
    if params.profile not in PROFILES:
        known = ", ".join(PROFILES)
        problem = f"'{params.profile}' is no profile; expected {known}"
        raise InputError(problem, "params.yaml", field="annotate.profile")
    return PROFILES[params.profile]


if __name__ == "__main__":
    files.run(main)
