"""The class of a processor, by what it can do and not by its name."""

import pytest

from reframing.networks.processor import processor_class, this_processor


@pytest.mark.parametrize(
    ("machine", "features", "expected"),
    [
        ("x86_64", {}, "x86-64"),
        ("x86_64", {"AVX2": True, "FMA3": False}, "x86-64 with AVX2"),
        (
            "AMD64",
            {"AVX2": True, "FMA3": True, "AVX512_SKX": True, "AVX512VNNI": True, "SVE": True},
            "x86-64 with AVX2, FMA, AVX-512, VNNI",
        ),
        ("arm64", {"ASIMDDP": True, "SVE": False}, "arm64 with dot product"),
        ("aarch64", {"ASIMDDP": True, "SVE": True}, "arm64 with dot product, SVE"),
        ("riscv64", {"AVX2": True}, "riscv64"),
    ],
)
def test_the_class_is_the_family_with_its_extensions(machine, features, expected):
    assert processor_class(machine, features) == expected


def test_this_processor_has_a_class():
    assert this_processor() == this_processor() != ""
