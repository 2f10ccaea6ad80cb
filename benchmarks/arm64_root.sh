#!/bin/sh
# Make a folder in which qemu-aarch64 runs Python 3.11 of ARM64 with what `reframing` imports, for
# benchmarks/processors.py. On Debian 12, from an environment with Python 3.11:
#
#     dpkg --add-architecture arm64 && apt-get update && apt-get install qemu-user
#     PATH=.venv/bin:$PATH sh benchmarks/arm64_root.sh ROOT
set -eu

root=$1
pins=$(dirname "$0")/../requirements.txt
mkdir -p "$root/packages" "$root/proc" "$root/site"
root=$(cd "$root" && pwd)

(cd "$root/packages" && apt-get download -q \
    python3.11:arm64 python3.11-minimal:arm64 libpython3.11-minimal:arm64 libpython3.11-stdlib:arm64 \
    libc6:arm64 libgcc-s1:arm64 libstdc++6:arm64 libexpat1:arm64 zlib1g:arm64 libssl3:arm64 \
    libffi8:arm64 libbz2-1.0:arm64 liblzma5:arm64 libuuid1:arm64 libcrypt1:arm64)
for package in "$root"/packages/*.deb; do dpkg -x "$package" "$root"; done
ln -sf python3.11 "$root/usr/bin/python3"

needed='annotated-types|flatbuffers|numpy|onnxruntime|packaging|protobuf|pydantic|pydantic-core|pystemmer'
needed="$needed|pyyaml|rapidfuzz|tokenizers|typing-extensions|typing-inspection|vadersentiment"
grep -E "^($needed)==" "$pins" >"$root/packages/pins.txt"
python -m pip install --quiet --no-deps --only-binary=:all: --upgrade --target "$root/site" \
    --python-version 3.11 --platform manylinux_2_28_aarch64 --platform manylinux_2_27_aarch64 \
    --platform manylinux2014_aarch64 --requirement "$root/packages/pins.txt"

# onnxruntime asks this file for the cores; qemu before 8.1 shows those of the host, on which it stumbles.
for core in $(seq 0 $(($(nproc) - 1))); do
    printf 'processor\t: %s\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x4\n' "$core"
    printf 'CPU part\t: 0xd0b\nCPU revision\t: 1\nFeatures\t: fp asimd atomics fphp asimdhp asimddp\n\n'
done >"$root/proc/cpuinfo"
