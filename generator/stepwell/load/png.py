"""A PNG as a clinic brings it: looked at byte by byte, and written anew without extras.

Only what makes the picture is kept: no texts, no times, no profiles. What unpacks to
another size than it says is refused before anybody else opens it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from stepwell.load.svg import Unusable

BEGINNING = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 2000
"""Of each side: 12 mm in print need 142 at 300 dots an inch."""
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
           (0, 1, 1, 2))  # fmt: skip
"""Adam7: first column and row, and their distance."""


def cleaned(content: bytes) -> tuple[bytes, int, int]:
    """(the picture written anew, its width, its height), or Unusable."""
    parts = [part for part in _parts(content) if part[0] in _KEPT]
    names = [name for name, _ in parts]
    header = parts[0][1] if parts else b""
    if names[:1] != [b"IHDR"] or names[-1] != b"IEND" or len(header) != 13:
        raise Unusable("it is a damaged PNG")
    width, height, bits, color, _, _, woven = struct.unpack(">IIBBBBB", header)
    if bits not in _DEPTHS.get(color, ()) or woven > 1:
        raise Unusable("it is a PNG of an unknown kind")
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        most = f"at most {MOST_PIXELS} a side are needed"
        raise Unusable(f"it has {width} by {height} pixels, {most}")
    packed = b"".join(data for name, data in parts if name == b"IDAT")
    size = _size(width, height, bits * _CHANNELS[color], bool(woven))
    if len(_unpacked(packed, size + 1)) != size:
        raise Unusable("it is a damaged PNG: its pixels are not as many as it says")
    return BEGINNING + b"".join(_part(*part) for part in parts), width, height


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, data) of each chunk, up to the end."""
    if not content.startswith(BEGINNING):
        raise Unusable("it is no PNG, whatever its name says")
    at = len(BEGINNING)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(data) != length or check != zlib.crc32(name + data).to_bytes(4, "big"):
            raise Unusable("it is a damaged PNG")
        yield name, data
        if name == b"IEND":
            return
        at += 12 + length


def _part(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return len(data).to_bytes(4, "big") + name + data + check.to_bytes(4, "big")


def _size(width: int, height: int, bits: int, woven: bool) -> int:
    """The bytes of all rows, each with the byte that says how it is filtered."""
    passes = _PASSES if woven else ((0, 0, 1, 1),)
    total = 0
    for column, row, across, down in passes:
        columns = -(-(width - column) // across)
        rows = -(-(height - row) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * bits // 8))
    return total


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error as error:
        raise Unusable("it is a damaged PNG") from error
