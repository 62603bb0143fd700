"""Small pictures of first pages for the page of downloads, each drawn once for its PDF.

They are kept by the hash of the PDF and of what draws, so that a build in which no
document changed draws none, and does not load what draws either.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from stepwell.write.cache import Cache


def thumbnail(content: bytes, cache: Cache) -> bytes:
    """The picture (PNG) of the first page of a PDF, from the cache or drawn and kept there."""
    key = hashlib.sha256(_tools() + content).hexdigest()
    if (known := cache.get(key)) is not None:
        return known
    from stepwell.write.pictures import small

    made = small(content)
    cache.put(key, made)
    return made


@lru_cache(maxsize=1)
def _tools() -> bytes:
    """Versions of the libraries that draw, and the digest of the module that uses them."""
    module = Path(__file__).with_name("pictures.py").read_bytes()
    versions = " ".join(f"{name} {version(name)}" for name in ("pypdfium2", "pillow"))
    return hashlib.sha256(module + versions.encode()).digest()
