"""Stage `annotate`: annotate all constructs in each article of a corpus."""

from reframing.documents import files
from reframing.documents.params import AnnotateParams, read_params
from reframing.documents.records import Annotation, Article
from reframing.documents.tables import read_records, write_records
from reframing.measures.annotate import Profile, annotate_all, profile_named
from reframing.stages.running import run


def main(corpus: str) -> None:
    profile = profile_of(read_params().annotate)
    articles = read_records(files.articles(corpus), Article)
    annotations = annotate_all(articles, files.jobs(), profile)
    write_records(files.annotations(corpus), Annotation, annotations)


def profile_of(params: AnnotateParams) -> Profile:
    """The profile named in params.yaml; raises `InputError` if there is no such profile."""
    return profile_named(params.profile, "params.yaml", "annotate.profile")


if __name__ == "__main__":
    run(main)
