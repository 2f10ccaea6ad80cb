"""Pairs of antonyms from WordNet: `python -m training.antonyms FOLDER > antonyms.tsv`.

FOLDER contains the `data.*` files of WordNet 3.0 (Fellbaum 1998; Debian: wordnet-base). The pairs are direct
antonyms of single words, except those that differ by a negating prefix (`denials.py`), kinds of persons
(*uncle*, *aunt*), which turn no statement round, and those that `opposites.tsv` has as ends of one scale.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from reframing.documents.lexicon import load_lexicon
from training.denials import DIRECT, PARTS, Synset, base_of, read

PERSONS = "18"
"""Number of the lexicographers' file of persons."""


def pairs(synsets: dict[str, Synset]) -> Iterator[tuple[str, str]]:
    """Pairs of words that are direct antonyms, each in alphabetical order."""
    for synset in synsets.values():
        for sign, to, own, other in synset.pointers:
            if sign == "!" and synset.file != PERSONS:
                a, b = sorted((synset.words[own - 1], synsets[to].words[other - 1]))
                if a.isalpha() and b.isalpha() and not (base_of(a, {b}) or base_of(b, {a})):
                    yield a, b


def scales() -> dict[str, set[tuple[str, str]]]:
    """The scale and pole of each word in `opposites.tsv`."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in load_lexicon("moves/opposites").entries:
        scale, _, pole = entry.category.rpartition("-")
        found[entry.lemma].add((scale, pole))
    return found


def main(folder: Path) -> None:
    known = scales()
    print("entry\tcategory\tinflects\tsource\tnote")
    rows = set()
    for part, inflects in {**PARTS, "adj": "adjective"}.items():
        for a, b in pairs(read(folder / f"data.{part}")):
            ends = {(scale, "against" if pole == "for" else "for") for scale, pole in known[b]}
            if known[a].isdisjoint(ends):
                rows |= {
                    f"{word}\t{a} {b}-{pole}\t{inflects}\t{DIRECT}\t"
                    for word, pole in ((a, "for"), (b, "against"))
                }
    for row in sorted(rows):
        print(row)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
