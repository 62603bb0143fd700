"""Stage five: artifacts -> files. Nothing is published unless everything was written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from stepwell import __version__
from stepwell.diagnostics import Diagnostics
from stepwell.model import Direction, Document, Rendered, Website
from stepwell.progress import Advance, Progress
from stepwell.source import Span
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet
from stepwell.write.manifest import write_manifest
from stepwell.write.press import Press
from stepwell.write.schedule import Task, executor, run

__all__ = ["Place", "Press", "write"]

DOCUMENTS_A_TASK = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build is written and from what: staging folder, templates, images, cache."""

    folder: Path
    templates: Path
    assets: Path
    cache: Path


def write(
    rendered: Rendered,
    press: Press,
    place: Place,
    processes: int | None,
    diagnostics: Diagnostics,
    progress: Progress,
) -> None:
    """Write everything into the folder of `place`, with its manifest.

    What mkdocs and WeasyPrint say becomes SW602 and SW601. Raises OSError and
    schedule.TaskFailed.
    """
    for data in rendered.data:
        _write_bytes(place.folder / data.path, data.content)
    with executor(processes) as pool:
        with progress.bar("Websites", len(rendered.websites)) as advance:
            for path, warning in write_websites(rendered.websites, place, pool, advance):
                diagnostics.add("SW602", Span(path), warning)
        with progress.bar("PDFs", len(rendered.documents)) as advance:
            for path, problem in write_documents(rendered.documents, press, place, pool, advance):
                diagnostics.add(getattr(problem, "code", "SW601"), Span(path), problem)
    pages = [page for website in rendered.websites for page in website.pages]
    write_manifest(place.folder, [*pages, *rendered.documents, *rendered.data], __version__)


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_websites(
    websites: tuple[Website, ...], place: Place, pool: Executor, advance: Advance
) -> Iterator[tuple[str, str]]:
    """Write the sites and their search indexes, a language a task; (path, warning) of each."""
    from stepwell.write.site_assets import write_assets
    from stepwell.write.webfonts import write_webfonts

    first, shared = websites[0], place.folder / "assets"
    write_webfonts(place.folder, [website.language for website in websites])
    write_assets(shared, place.templates, primary=first.primary, accent=first.accent)
    published = {w.language: frozenset(page.path for page in w.pages) for w in websites}
    tasks = [
        Task(
            f"website {website.language}", write_website,
            (website, place, published), weight=1000 * len(website.pages),
        )
        for website in websites
    ]  # fmt: skip
    for task, warnings in run(pool, tasks):
        advance(task.name)
        yield from ((task.arguments[0].language, warning) for warning in warnings)


def write_website(
    website: Website, place: Place, published: dict[str, frozenset[str]]
) -> list[str]:
    """Write one language and its search index; its warnings. Runs in a worker."""
    from stepwell.write.search import index
    from stepwell.write.site import write_website as write_pages

    shared = place.folder / "assets"
    warnings = write_pages(
        website, place.folder, place.templates, assets=shared, published=published
    )
    return warnings + index(place.folder, website.language)


def write_documents(
    documents: tuple[Document, ...],
    press: Press,
    place: Place,
    pool: Executor,
    advance: Advance,
) -> Iterator[tuple[str, str]]:
    """Write the PDFs, a few a task; (path, problem) of each problem."""
    tasks = [
        Task(
            f"PDFs {batch[0].path} …", write_batch, (batch, press.fonts[batch[0].language], place),
            weight=sum(len(document.html) for document in batch),
        )
        for batch in _batches(documents)
    ]  # fmt: skip
    for task, problems in run(pool, tasks):
        for _ in task.arguments[0]:
            advance(task.name)
        yield from problems


def _batches(documents: tuple[Document, ...]) -> Iterator[tuple[Document, ...]]:
    """Documents of one language together, so that a worker loads its fonts once."""
    by_language: dict[str, list[Document]] = {}
    for document in documents:
        by_language.setdefault(document.language, []).append(document)
    for same in by_language.values():
        for start in range(0, len(same), DOCUMENTS_A_TASK):
            yield tuple(same[start : start + DOCUMENTS_A_TASK])


def write_batch(
    documents: tuple[Document, ...], fonts: FontSet, place: Place
) -> list[tuple[str, str]]:
    """Write some PDFs of one language; their problems. Runs in a worker."""
    gc.disable()  # looking for cycles while a page is laid out costs a seventh of the time
    try:
        return _write_batch(documents, fonts, place)
    finally:
        gc.enable()
        gc.collect()


def _write_batch(
    documents: tuple[Document, ...], fonts: FontSet, place: Place
) -> list[tuple[str, str]]:
    cache = Cache(place.cache / "pdf")
    problems = []
    for document in documents:
        content, found = _pdf(document, fonts, place.assets, cache)
        problems += [(document.path, problem) for problem in found]
        _write_bytes(place.folder / document.path, content)
    return problems


def _pdf(
    document: Document, fonts: FontSet, assets: Path, cache: Cache
) -> tuple[bytes, tuple[str, ...]]:
    """A PDF from the cache, or made and, if it has no problem, kept there."""
    from stepwell.write import imposition, pdf

    key = pdf.key(document, fonts, assets)
    if (known := cache.get(key)) is not None:
        return known, ()
    made = pdf.make(document, fonts=fonts, assets=assets)
    content = made.content
    if content and document.folds:
        content = imposition.fold(content, direction=direction_of(document))
    if content and not made.problems:
        cache.put(key, content)
    return content, made.problems


def direction_of(document: Document) -> Direction:
    """ltr or rtl, as the document says of itself."""
    return (
        "rtl" if '<html lang="' in document.html and ' dir="rtl"' in document.html[:400] else "ltr"
    )
