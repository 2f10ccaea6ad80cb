"""Pickles of plain data, read without running anything.

A pickle is a program: `pickle.load` runs whatever it names. One that holds nothing but dicts, lists,
strings and numbers names nothing, so this reader refuses every name and is safe with files of
strangers.
"""

import pickle
from pathlib import Path
from typing import Any, NoReturn

from reframing.errors import InputError
from reframing.readers.encoded import open_bytes

_BROKEN = (
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    MemoryError,
    OverflowError,
)


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise InputError(f"is a pickle that names {module}.{name}; only plain data is read")

    def persistent_load(self, pid: Any) -> NoReturn:
        raise InputError(
            "is a pickle that refers to objects outside itself; only plain data is read"
        )


def load_plain(path: Path) -> Any:
    """The dicts, lists, strings and numbers of a pickle.

    Raises `InputError` where it names a class or function, is broken, or cannot be read.
    """
    try:
        with open_bytes(path) as stream:
            return _PlainUnpickler(stream).load()
    except InputError as error:
        raise error.within(str(path)) from None
    except _BROKEN as error:
        raise InputError(f"is not a readable pickle: {error}", str(path)) from error
