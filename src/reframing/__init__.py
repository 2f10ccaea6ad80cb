"""How original reporting is reframed in reposts.

`load` gives a table of a study as a pandas DataFrame. The folders are layers, each of which imports only from
those before it: `documents`, `reading`, `networks`, `measures`, `pairing`, `moves`, `statistics`, `coding`,
`figures` and `report`, `stages`, `commands`. Functions are pure, over frozen records; stages and the command
line read and write files.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__version__ = "0.1.0"


def load(
    table: str, corpus: str | None = None, *, text: bool = False, root: "Path | None" = None
) -> "pd.DataFrame":
    """A table of one corpus: articles, sentences, spans, pairs, links, moves, units or statistics.

    See `reframing.documents.tidy.load`; columns, units and meanings are in `docs/tables.md`.
    """
    from reframing.documents.tidy import load as load_tidy

    return load_tidy(table, corpus, text=text, root=root)
