"""Words that negate another by a prefix, from WordNet: `python training/denials.py FOLDER > denials.tsv`.

FOLDER contains the `data.*` files of WordNet 3.0 (Fellbaum 1998; Debian: wordnet-base). A word negates
its base, the word without the prefix, if WordNet lists the two as antonyms or, for adjectives, as members
of two clusters whose heads are antonyms (indirect antonyms: Gross, Fischer & Miller 1989).
"""

import re
import sys
from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

PREFIXES = ("un", "in", "im", "il", "ir", "dis", "mis", "non")
SHORTEST = 3
PARTS = {"noun": "noun", "verb": "verb", "adj": "", "adv": ""}
"""The files of WordNet by part of speech, and how their words inflect in a lexicon."""
DIRECT = "Fellbaum 1998 (WordNet 3.0: antonyms)"
INDIRECT = "Fellbaum 1998 (WordNet 3.0: indirect antonyms)"


class Synset(NamedTuple):
    """A synset: its words, its pointers, and the number of its lexicographers' file.

    A pointer is (symbol, offset of the target, word here, word there); words count from 1, 0 means all.
    """

    words: list[str]
    pointers: list[tuple[str, str, int, int]]
    file: str


def read(path: Path) -> dict[str, Synset]:
    """The synsets of a WordNet file by offset."""
    found = {}
    for line in path.read_text(encoding="latin1").splitlines():
        if line.startswith("  "):  # the licence
            continue
        fields = line.split(" | ")[0].split()
        n = int(fields[3], 16)
        words = [re.sub(r"\(\w+\)$", "", word).lower() for word in fields[4 : 4 + 2 * n : 2]]
        rest = fields[5 + 2 * n :]
        pointers = [
            (rest[k], rest[k + 1], int(rest[k + 3][:2], 16), int(rest[k + 3][2:], 16))
            for k in range(0, 4 * int(fields[4 + 2 * n]), 4)
        ]
        found[fields[0]] = Synset(words, pointers, fields[1])
    return found


def base_of(word: str, bases: Container[str]) -> tuple[str, str] | None:
    """The prefix of a word and its base, if the base is among `bases`; else None."""
    for prefix in PREFIXES:
        base = word.removeprefix(prefix).removeprefix("-")
        if word.startswith(prefix) and len(base) >= SHORTEST and base in bases:
            return prefix, base
    return None


def denials(synsets: dict[str, Synset]) -> Iterator[tuple[str, str, str]]:
    """Each word that negates its base, with the prefix and the source."""
    heads: dict[str, set[str]] = defaultdict(set)
    opposites: dict[str, set[str]] = defaultdict(set)
    antonyms: dict[str, set[str]] = defaultdict(set)
    for offset, synset in synsets.items():
        head = {to for sign, to, _, _ in synset.pointers if sign == "&"} | {offset}
        for sign, to, own, other in synset.pointers:
            if sign == "!":
                opposites[offset].add(to)
                antonyms[synset.words[own - 1]].add(synsets[to].words[other - 1])
        for word in synset.words:
            heads[word] |= head
    for word in heads:
        if (direct := base_of(word, antonyms[word])) is not None:
            yield word, direct[0], DIRECT
            continue
        apart = {to for head in heads[word] for to in opposites[head]}
        indirect = base_of(word, heads)
        if indirect is not None and not apart.isdisjoint(heads[indirect[1]]):
            yield word, indirect[0], INDIRECT


def main(folder: Path) -> None:
    rows: dict[str, str] = {}
    for part, inflects in PARTS.items():
        for word, prefix, source in denials(read(folder / f"data.{part}")):
            if word.replace("-", "").isalpha():
                rows.setdefault(word, f"{word}\t{prefix}\t{inflects}\t{source}\t")
    print("entry\tcategory\tinflects\tsource\tnote")
    for _, row in sorted(rows.items()):
        print(row)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
