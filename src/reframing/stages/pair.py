"""Stage `pair`: which article was reposted from which."""

from reframing.pairing import find_pairs
from reframing.params import read_params
from reframing.records import Article, Pair
from reframing.stages import files
from reframing.tables import read_records, write_records


def main(corpus: str) -> None:
    articles = list(read_records(files.articles(corpus), Article))
    pairs = find_pairs(articles, read_params().pair, files.jobs())
    write_records(files.pairs(corpus), Pair, pairs)


if __name__ == "__main__":
    files.run(main)
