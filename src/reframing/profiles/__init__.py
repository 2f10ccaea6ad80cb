"""Profiles: by what the constructs of a text are found.

`full` reads attributions, hedges, loaded words, certainty, bias and sentiment toward targets with
trained networks (`models/`), keeps the categories of the lexicons, and aligns paraphrases by the vectors
of a network. `lexicon` needs none.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from reframing.errors import InputError
from reframing.neural.embedding import embed
from reframing.neural.network import Floats
from reframing.profiles.by_lexicon import by_lexicon
from reframing.profiles.by_network import by_network
from reframing.profiles.layers import Layers, Measures

Profile = Literal["full", "lexicon"]

DEFAULT: Profile = "full"

PROFILES: dict[Profile, Callable[[Sequence[Layers]], list[Measures]]] = {
    "full": by_network,
    "lexicon": by_lexicon,
}


EMBEDDERS: dict[Profile, Callable[[Sequence[str]], Floats] | None] = {
    "full": embed,
    "lexicon": None,
}
"""What gives sentences their vectors for alignment."""


def profile_named(name: str, file: str | None = None, field: str | None = None) -> Profile:
    """The profile of that name; raises `InputError` that names those there are."""
    for profile in PROFILES:
        if profile == name:
            return profile
    problem = f"'{name}' is no profile; expected {' or '.join(PROFILES)}"
    raise InputError(problem, file, field=field)
