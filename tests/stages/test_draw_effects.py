"""The stage that draws the figures of corrected effects: from committed tables to a manifest."""

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from reframing.documents.params import read_params
from reframing.stages import draw_effects
from reframing.stages.draw_effects import DRAWN, TABLES
from reframing.stages.estimate_effects import KIND_COLUMNS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which the stage has run; where the rates by kind are not there yet, with none."""
    tmp_path = tmp_path_factory.mktemp("effects")
    for path in (*TABLES.values(), Path("params.yaml"), Path("CITATION.cff")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / path).exists():
            shutil.copy(ROOT / path, tmp_path / path)
        else:
            pd.DataFrame(columns=KIND_COLUMNS).to_csv(tmp_path / path, index=False)
    for path in ("data/manifests", "src/reframing/figures"):
        shutil.copytree(ROOT / path, tmp_path / path)
    text = (tmp_path / "params.yaml").read_text(encoding="utf8").replace("dpi: 300", "dpi: 50")
    (tmp_path / "params.yaml").write_text(text, encoding="utf8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        draw_effects.main()
    return tmp_path


def test_every_figure_is_saved_and_described_with_the_tables_that_it_draws(folder):
    described = json.loads((folder / "results/manifests/effects.json").read_text())["figures"]
    assert [one["id"] for one in described] == [
        f"effects/{name}"
        for name in (
            "coverage",
            "effects",
            "laundering",
            "prompts",
            "recognition",
            "specifications",
        )
    ]
    assert len(described) == len(DRAWN)
    for one in described:
        for name, digest in (one["files"] | one["inputs"]).items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    inputs = {one["id"]: set(one["inputs"]) for one in described}
    assert TABLES["coverage"].as_posix() in inputs["effects/coverage"]
    assert TABLES["by_kind"].as_posix() in inputs["effects/prompts"]
    assert TABLES["by_kind"].as_posix() not in inputs["effects/effects"]


def test_corpora_have_their_titles_in_captions(folder):
    caption = (folder / "results/figures/effects/effects.txt").read_text(encoding="utf8")
    for corpus in {one.corpus for one in read_params(folder / "params.yaml").estimands.values()}:
        assert f"{corpus}:" not in caption
    assert "PolitiFact articles retold by a language model in four tones: 349 events" in caption
