"""Room to write in, said to who hears a page: an empty cell of a table has a name.

The name is laid out in the cell as any text, and is not shown: PDF has a mode for such text,
which programs that read a page aloud, search or copy it take as they take all other.
"""

from __future__ import annotations

from collections.abc import Collection

from pikepdf import Pdf

from stepwell.write.pdf_contents import contents

_UNSEEN, _SEEN = (
    b"\n3 Tr\n",
    b"\n0 Tr\n",
)  # text rendering modes: neither filled nor stroked; filled


def hide_names(pdf: Pdf, names: Collection[tuple[int, int]]) -> None:
    """Show nothing of some contents, by number of the page and MCID; they are read all the same."""
    for number in {page for page, _ in names}:
        stream = pdf.pages[number].obj.Contents
        here = {mcid for page, mcid in names if page == number}
        stream.write(_hidden(stream.read_bytes(), here))


def _hidden(stream: bytes, names: Collection[int]) -> bytes:
    parts, at = [], 0
    for content in contents(stream):
        if content.mcid in names:
            parts += [stream[at : content.body], _UNSEEN, stream[content.body : content.close]]
            parts.append(_SEEN)
            at = content.close
    return b"".join([*parts, stream[at:]])
