"""Processor classes: the features of a processor that determine how numerical libraries round.

Libraries choose their code by processor: the width of the registers determines the order in which
floating-point numbers are added; multiplication and addition take one rounding step (FMA) or two; 8-bit numbers
have special instructions or not. Processors of one class run the same code and so yield identical bytes.
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
"""By lower-cased machine name: the processor family, and its extensions with numpy's name for each."""


def this_processor() -> str:
    """The class of the current processor."""
    from numpy._core._multiarray_umath import __cpu_features__ as features

    return processor_class(platform.machine(), features)


def processor_class(machine: str, features: Mapping[str, bool]) -> str:
    """The class of a processor, from its machine name and the CPU features that numpy reports.

    >>> processor_class("AMD64", {"AVX2": True, "FMA3": True, "AVX512_SKX": False})
    'x86-64 with AVX2, FMA'
    """
    family, extensions = FAMILIES.get(machine.lower(), (machine, {}))
    has = [name for name, feature in extensions.items() if features.get(feature)]
    return f"{family} with {', '.join(has)}" if has else family
