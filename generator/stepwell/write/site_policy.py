"""What a browser may do on a page of the site: one policy, for servers and for the pages.

A server sends it as a header; a page has it as a meta tag too, so that it holds on
servers that send nothing, and from a disk. Both come from `policy`.
"""

from __future__ import annotations

from collections.abc import Iterable

_SOURCES: tuple[tuple[str, str], ...] = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),  # WebAssembly is what searches
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
)
_FRAMES = ("frame-ancestors", "'none'")  # of no effect in a meta tag, and a warning there

REFERRER = "same-origin"
"""Who follows a link to another site does not tell it which page of ours they read."""

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def policy(hashes: Iterable[str] = (), *, meta: bool = False) -> str:
    """The Content-Security-Policy. `hashes` (`sha256-…`) are those of the scripts inside pages.

    With `meta` it is for a meta tag, which can't say who may show the page in a frame.
    """
    told = dict(_SOURCES if meta else (*_SOURCES, _FRAMES))
    told["script-src"] = " ".join((told["script-src"], *(f"'{one}'" for one in hashes)))
    return "; ".join(f"{name} {sources}" for name, sources in told.items())


def headers(hashes: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """(name, value) of what a server sends with every file, besides how long it may be kept."""
    return (
        ("Content-Security-Policy", policy(hashes)),
        ("Referrer-Policy", REFERRER),
        ("X-Content-Type-Options", "nosniff"),
        ("Permissions-Policy", PERMISSIONS),
    )
