"""The class of a processor: what decides in which order and how exactly numerical libraries add.

Floating-point numbers are summed in the widest registers that there are, multiplied and added in one step or
in two; 8-bit numbers are multiplied by instructions of their own, or not. Processors of one class run the
same code, and give the same bytes.
"""

import platform
from collections.abc import Mapping

X86 = {"AVX2": "AVX2", "FMA": "FMA3", "AVX-512": "AVX512_SKX", "VNNI": "AVX512VNNI"}
ARM = {"dot product": "ASIMDDP", "SVE": "SVE"}
FAMILIES = {
    "x86_64": ("x86-64", X86),
    "amd64": ("x86-64", X86),
    "aarch64": ("arm64", ARM),
    "arm64": ("arm64", ARM),
}
"""By the name of a machine in small letters: its family, and by their names numpy's for its extensions."""


def this_processor() -> str:
    """The class of the processor that this runs on."""
    from numpy._core._multiarray_umath import __cpu_features__ as features

    return processor_class(platform.machine(), features)


def processor_class(machine: str, features: Mapping[str, bool]) -> str:
    """The class of a processor, from the name of its machine and the features that numpy finds.

    >>> processor_class("AMD64", {"AVX2": True, "FMA3": True, "AVX512_SKX": False})
    'x86-64 with AVX2, FMA'
    """
    family, extensions = FAMILIES.get(machine.lower(), (machine, {}))
    has = [name for name, feature in extensions.items() if features.get(feature)]
    return f"{family} with {', '.join(has)}" if has else family
