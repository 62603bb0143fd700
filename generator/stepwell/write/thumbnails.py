"""Small pictures of first pages for the page of downloads, each drawn once for its PDF.

They are kept by the hash of the PDF and of what draws, so that a build in which no
document changed draws none, and does not load what draws either.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from stepwell.write.cache import Cache


def thumbnail(content: bytes, cache: Cache) -> bytes:
    """The picture (PNG) of the first page of a PDF, from the cache or drawn and kept there."""
    return drawn("small", content, cache)


def drawn(kind: Literal["small", "shared"], content: bytes, cache: Cache) -> bytes:
    """A small picture, or one beside shared links, of a PDF; from the cache or kept there."""
    name = key(kind, content)
    if (known := cache.get(name)) is not None:
        return known
    from stepwell.write import pictures

    made = pictures.small(content) if kind == "small" else pictures.shared(content)
    cache.put(name, made)
    return made


def key(kind: Literal["small", "shared"], content: bytes) -> str:
    """The name in the cache (hex) of a picture of a PDF."""
    name = b"" if kind == "small" else kind.encode()
    return hashlib.sha256(tools() + name + content).hexdigest()


def icon(content: bytes, size: int, cache: Cache) -> bytes:
    """A PDF of one square as an icon (PNG) of `size` dots, from the cache or kept there."""
    key = hashlib.sha256(tools() + f"icon {size}".encode() + content).hexdigest()
    if (known := cache.get(key)) is not None:
        return known
    from stepwell.write import pictures

    made = pictures.icon(content, size)
    cache.put(key, made)
    return made


@lru_cache(maxsize=1)
def tools() -> bytes:
    """Versions of the libraries that draw, and the digest of the module that uses them."""
    module = Path(__file__).with_name("pictures.py").read_bytes()
    versions = " ".join(f"{name} {version(name)}" for name in ("pypdfium2", "pillow"))
    return hashlib.sha256(module + versions.encode()).digest()
