"""Sentences as vectors: MiniLM-L6 as all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019), 8-bit."""

from collections.abc import Sequence

import numpy as np

from reframing.neural.network import Floats, load_network
from reframing.neural.reader import Passage, read
from reframing.records import Span

KEPT = 20_000
"""Vectors that are kept for texts that come again, as an original's do with each repost: 30 MB."""

_known: dict[str, Floats] = {}


def embed(texts: Sequence[str]) -> Floats:
    """Unit vectors (texts, 384); the product of two is their cosine. Each depends on its text alone."""
    found = {text: _known[text] for text in texts if text in _known}
    new = [text for text in dict.fromkeys(texts) if text not in found]
    found |= zip(new, _vectors(new), strict=True)
    if len(_known) + len(new) > KEPT:
        _known.clear()
    _known.update((text, found[text]) for text in new)
    return np.array([found[text] for text in texts], np.float32)


def _vectors(texts: Sequence[str]) -> Floats:
    if not texts:
        return np.empty((0, 0), np.float32)
    passages = [Passage(text, [Span(0, len(text))], []) for text in texts]
    readings = read(load_network("encoder"), passages)
    vectors = np.array([reading.scores["embedding"] for (reading,) in readings])
    lengths = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    return (vectors / lengths).astype(np.float32)
