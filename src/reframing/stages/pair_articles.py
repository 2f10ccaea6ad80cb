"""Stage `pair`: which articles share text or an event, and which was reposted from which."""

from reframing.documents import files
from reframing.documents.params import read_params
from reframing.documents.records import Article, Pair
from reframing.documents.tables import read_records, write_records
from reframing.pairing.pair import find_pairs
from reframing.stages.running import run


def main(corpus: str) -> None:
    articles = list(read_records(files.articles(corpus), Article))
    pairs = find_pairs(articles, read_params().pair, files.jobs())
    write_records(files.pairs(corpus), Pair, pairs)


if __name__ == "__main__":
    run(main)
