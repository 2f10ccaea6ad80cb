"""Stage `split`: which documents of a gold corpus are for training, for choices, and for reported scores.

`python -m validation.stages.split_gold CORPUS` writes data/splits/CORPUS.tsv.
"""

from collections import Counter

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from reframing.stages.running import run
from validation.split_rules import Choices, split_corpus
from validation.splits import write_split


def main(corpus: str) -> None:
    params = read_params()
    shares = params.gold.get(corpus)
    if shares is None:
        raise InputError(f"'{corpus}' is not in params.yaml", "params.yaml", field="gold")
    choices = Choices(shares.dev, shares.test, params.split.near_duplicate, params.seed)
    split = split_corpus(corpus, files.raw(corpus), choices)
    write_split(files.split(corpus), split)
    print(corpus, dict(sorted(Counter(at.part for at in split.values()).items())))


if __name__ == "__main__":
    run(main)
