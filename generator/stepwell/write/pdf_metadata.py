"""What a PDF says of itself, in both of the places where programs look.

WeasyPrint writes title, author and keywords into both, the language and fields of our own into
one. `pdfx` is the namespace in which XMP repeats own fields.
"""

from __future__ import annotations

import re

from pikepdf import Pdf

_USUAL = frozenset(
    ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate",
     "/ModDate", "/Trapped"),
)  # fmt: skip
_NAME = re.compile(r"/[A-Za-z]\w*")


def complete(pdf: Pdf) -> None:
    """Repeat the language and own fields, such as version and dates of the review, in XMP."""
    own = {str(name): str(value) for name, value in pdf.docinfo.items() if name not in _USUAL}
    # No names of programs and no time: the same content gives the same bytes.
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if "/Lang" in pdf.Root:
            xmp["dc:language"] = {str(pdf.Root.Lang)}
        for name, value in own.items():
            if _NAME.fullmatch(name):
                xmp[f"pdfx:{name[1:]}"] = value
