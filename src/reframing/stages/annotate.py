"""Stage `annotate`: every construct of every article."""

from reframing.annotate import annotate_all
from reframing.params import AnnotateParams, read_params
from reframing.profiles import Profile, profile_named
from reframing.records import Annotation, Article
from reframing.stages import files
from reframing.tables import read_records, write_records


def main(corpus: str) -> None:
    profile = profile_of(read_params().annotate)
    articles = read_records(files.articles(corpus), Article)
    annotations = annotate_all(articles, files.jobs(), profile)
    write_records(files.annotations(corpus), Annotation, annotations)


def profile_of(params: AnnotateParams) -> Profile:
    """The profile that params.yaml asks for; raises `InputError` where there is none of that name."""
    return profile_named(params.profile, "params.yaml", "annotate.profile")


if __name__ == "__main__":
    files.run(main)
