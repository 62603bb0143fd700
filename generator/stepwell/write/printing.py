"""Documents -> PDFs and the pictures of them, some of one part at a time.

Which PDFs some documents came to is kept too, under the hash of their part: where that has not
changed, neither their HTML is read nor its hash is made. What had a problem
is printed each time, so that it is told again.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from stepwell.model import Ask, Document, picture_of
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet
from stepwell.write.inventory import digest_of
from stepwell.write.place import Place, Told, damages, told
from stepwell.write.press import Press
from stepwell.write.printed import images, printed
from stepwell.write.schedule import Task

DOCUMENTS_A_TASK = 3
Made = tuple[str, str, str, str, str]
"""(path, key and hash of the PDF, key and hash of its picture) of what is kept of a document."""


def print_tasks(documents: Iterable[Document], press: Press, place: Place) -> Iterator[Task]:
    """Some documents of one part together: a worker loads its fonts, and what it is, once."""
    shown = images(place.assets)
    parts: dict[tuple[str, str], list[Document]] = {}
    for document in documents:
        parts.setdefault((document.language, document.pathway), []).append(document)
    for (language, _), found in parts.items():
        found.sort(key=lambda document: -document.weight)
        for begin in range(0, len(found), DOCUMENTS_A_TASK):
            batch = tuple(found[begin : begin + DOCUMENTS_A_TASK])
            arguments = (batch, press.fonts[language], place, shown)
            yield Task(f"PDFs {batch[0].path} …", write_batch, arguments, len(batch))


def weight(task: Task) -> int:
    """How much work a task of `print_tasks` is, beside others."""
    return sum(document.weight for document in task.arguments[0])


def write_batch(
    documents: tuple[Document, ...], fonts: FontSet, place: Place, shown: str
) -> list[Told]:
    """Write PDFs of one part and their pictures; what is told of them. Runs in a worker.

    Documents are whole, or cards of what `place.parts` has; `shown` is the hash of the images
    that they may show.
    """
    damaged: list[str] = []
    key, prints = _key(documents, fonts, place, shown, damaged), place.store.cache("prints")
    pdfs, pictures = place.caches()
    if key and _copied(prints.get(key), place, pdfs, pictures):
        return [*damages(prints, pdfs, pictures), *told(damaged)]
    from stepwell.write import pdf

    made: list[Made] = []
    problems: list[Told] = []
    gc.disable()  # looking for cycles while a page is laid out costs a seventh of the time
    try:
        for document in _whole(documents, place, damaged):
            name = pdf.key(document, fonts, shown)
            problems += _write(document, name, fonts, place, made)
    finally:
        gc.enable()
        gc.collect()
    if key and not problems:
        prints.put(key, json.dumps(made).encode())
    return [*problems, *damages(prints, pdfs, pictures), *told(damaged)]


def _key(
    documents: Sequence[Document], fonts: FontSet, place: Place, shown: str, damaged: list[str]
) -> str:
    """The hash of all that documents and their pictures are made from; none for whole ones."""
    from stepwell.write import pdf, thumbnails

    if place.parts is None:
        return ""
    part = place.parts.digest(Ask(documents[0].language, documents[0].pathway), damaged)
    paths = [document.path for document in documents]
    made = "\0".join((part, shown, fonts.digest, pdf.tools(), thumbnails.tools().hex(), *paths))
    return hashlib.sha256(made.encode()).hexdigest()


def _copied(entry: bytes | None, place: Place, pdfs: Cache, pictures: Cache) -> bool:
    """Write what is kept of some documents; False if any of it is not there any more.

    What is published already is neither read nor written.
    """
    if entry is None:
        return False
    for path, pdf, digest, picture, seen in json.loads(entry):
        if place.tree.keep({path: digest, picture_of(path): seen}):
            pdfs.mark(pdf)
            pictures.mark(picture)
            continue
        content, drawn = pdfs.get(pdf), pictures.get(picture)
        if content is None or drawn is None:
            return False
        _put(place, path, content, drawn)
    return True


def _put(place: Place, path: str, content: bytes, picture: bytes) -> None:
    place.tree.put(path, content)
    place.tree.put(picture_of(path), picture)


def _whole(documents: tuple[Document, ...], place: Place, damaged: list[str]) -> Iterator[Document]:
    if place.parts is None:
        return iter(documents)
    part = place.parts.part(Ask(documents[0].language, documents[0].pathway), damaged)
    whole = {document.path: document for document in part.documents}
    return (whole[document.path] for document in documents)


def _write(
    document: Document, key: str, fonts: FontSet, place: Place, made: list[Made]
) -> Iterator[Told]:
    """Write a PDF and its picture, and add their keys to `made`; its problems."""
    from stepwell.write import thumbnails

    pdfs, pictures = place.caches()
    content, found = printed(document, fonts, place.assets, pdfs, key)
    if content:
        drawn = thumbnails.thumbnail(content, pictures)
        _put(place, document.path, content, drawn)
        shown = thumbnails.key("small", content)
        made.append((document.path, key, digest_of(content), shown, digest_of(drawn)))
    else:
        place.tree.put(document.path, b"")
    for problem in found:
        yield getattr(problem, "code", "SW601"), document.path, str(problem)
    yield from damages(pdfs, pictures)
