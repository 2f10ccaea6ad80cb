"""Sentences as vectors: MiniLM-L6 as all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019), 8-bit."""

from collections.abc import Sequence

import numpy as np

from reframing.neural.network import Floats, load_network
from reframing.neural.reader import Passage, read
from reframing.records import Span


def embed(texts: Sequence[str]) -> Floats:
    """Unit vectors (texts, 384); the product of two is their cosine. Each depends on its text alone."""
    passages = [Passage(text, [Span(0, len(text))], []) for text in texts]
    readings = read(load_network("encoder"), passages)
    vectors = np.array([reading.scores["embedding"] for (reading,) in readings], np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
