"""Stage five: artifacts -> files. Nothing is published unless everything was written."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from stepwell import __version__
from stepwell.diagnostics import Diagnostics
from stepwell.model import (
    Direction,
    Document,
    Front,
    Output,
    Preview,
    Proved,
    Rendered,
    Website,
)  # fmt: skip
from stepwell.progress import Progress
from stepwell.source import Span
from stepwell.write.cache import Cache
from stepwell.write.fonts import FontSet
from stepwell.write.manifest import write_manifest
from stepwell.write.press import Press
from stepwell.write.schedule import Crew, Jobs, Task
from stepwell.write.store import Store

__all__ = ["Place", "Press", "printed", "write"]

DOCUMENTS_A_TASK = 3
Told = tuple[str, str, str]
"""(code, path of the output, sentence) of something to be told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build is written and from what: folder, templates, images, store.

    `overrides` are the project's own templates, which come before `templates`.
    """

    folder: Path
    templates: Path
    assets: Path
    store: Store
    overrides: Path | None = None

    def caches(self) -> tuple[Cache, Cache]:
        """Of PDFs, and of pictures of them."""
        return self.store.cache("pdf"), self.store.cache("thumbnails")


def write(
    outputs: Iterable[Output],
    press: Press,
    place: Place,
    crew: Crew,
    diagnostics: Diagnostics,
    progress: Progress,
    proofs: Iterable[Proved] = (),
) -> Rendered:
    """Write outputs into the folder of `place`, with their manifest; all of them, by kind.

    Workers begin while later outputs are still rendered. What mkdocs and
    WeasyPrint say becomes SW602 and SW601. Raises OSError and schedule.TaskFailed.
    """
    from stepwell.write.site import ASIDE
    from stepwell.write.site_offline import write_offline

    taken: list[Output] = []
    with crew.gathered(place.folder) as pool:
        jobs = Jobs(pool)
        for task in _tasks(_kept(outputs, taken), press, place):
            jobs.begin(task)
        rendered = Rendered.of(taken)
        count = len(rendered.websites) + len(rendered.documents)
        with progress.bar("Websites and PDFs", count) as advance:
            for task, problems in jobs.finished():
                for _ in range(task.outputs):
                    advance(task.name)
                for code, path, problem in problems:
                    diagnostics.add(code, Span(path), problem)
    for left in place.folder.glob(f"{ASIDE}*"):  # of a worker that was lost
        shutil.rmtree(left)
    write_offline(
        place.folder, place.templates, rendered.websites, rendered.documents, place.overrides
    )
    pages = [page for website in rendered.websites for page in website.pages]
    artifacts = [*pages, *rendered.documents, *rendered.data, *rendered.previews]
    write_manifest(place.folder, artifacts, __version__, proofs)
    return rendered


def _kept(outputs: Iterable[Output], taken: list[Output]) -> Iterator[Output]:
    for output in outputs:
        taken.append(output)
        yield output


def _tasks(outputs: Iterable[Output], press: Press, place: Place) -> Iterator[Task]:
    """The tasks for outputs, as soon as they can begin; data is written at once."""
    batch: list[Document] = []
    websites: list[Website] = []
    fronts: list[Front] = []
    for output in outputs:
        if isinstance(output, Document):
            if batch and (batch[0].language != output.language or len(batch) == DOCUMENTS_A_TASK):
                yield _print_task(batch, press, place)
                batch = []
            batch.append(output)
        elif isinstance(output, Website):
            websites.append(output)
        elif isinstance(output, Front):
            fronts.append(output)
        elif isinstance(output, Preview):
            drawn = (output, press.fonts[output.language], place)
            yield Task(f"picture {output.path}", write_preview, drawn, 0)
        else:
            _write_bytes(place.folder / output.path, output.content)
    if batch:
        yield _print_task(batch, press, place)
    yield from _website_tasks(websites, fronts, place)
    if websites[0].offline and press.works:
        given = (websites[0], press.fonts[websites[0].language], place)
        yield Task("icons", write_icons, given, 0)


def _print_task(batch: list[Document], press: Press, place: Place) -> Task:
    """Documents of one language together, so that a worker loads its fonts once."""
    arguments = (tuple(batch), press.fonts[batch[0].language], place)
    return Task(f"PDFs {batch[0].path} …", write_batch, arguments, len(batch))


def _website_tasks(websites: list[Website], fronts: list[Front], place: Place) -> Iterator[Task]:
    """A language a task. They wait for each other's pages, which they link to."""
    from stepwell.write.site_assets import write_assets
    from stepwell.write.site_root import write_root
    from stepwell.write.webfonts import write_webfonts

    shared = place.folder / "assets"
    first = websites[0]
    write_webfonts(place.folder, [website.language for website in websites], first.family)
    write_assets(
        shared, place.templates, primary=first.primary, accent=first.accent,
        overrides=place.overrides,
    )  # fmt: skip
    write_root(fronts, websites, place.folder, place.templates, place.overrides)
    published = {w.language: frozenset(page.path for page in w.pages) for w in websites}
    notices = frozenset(page.path for w in websites for page in w.pages if page.notice)
    for website in websites:
        given = (website, place, published, notices)
        yield Task(f"website {website.language}", write_website, given)


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_website(
    website: Website,
    place: Place,
    published: dict[str, frozenset[str]],
    notices: frozenset[str],
) -> list[Told]:
    """Write one language and its search index; what was said of it. Runs in a worker."""
    from stepwell.write.search_kept import kept_index
    from stepwell.write.site import write_website as write_pages

    shared = place.folder / "assets"
    warnings = write_pages(
        website, place.folder, place.templates,
        assets=shared, published=published, notices=notices, overrides=place.overrides,
    )  # fmt: skip
    cache = place.store.cache("search")
    warnings += kept_index(place.folder, website.language, cache)
    return [*(("SW602", website.language, warning) for warning in warnings), *damages(cache)]


def write_preview(preview: Preview, fonts: FontSet, place: Place) -> list[Told]:
    """Write the picture beside shared links; its problems. Runs in a worker."""
    from stepwell.write.preview import picture

    caches = place.caches()
    content, problems = picture(preview, fonts, place.assets, *caches)
    _write_bytes(place.folder / preview.path, content)
    return [*(("SW601", preview.path, problem) for problem in problems), *damages(*caches)]


def write_icons(website: Website, fonts: FontSet, place: Place) -> list[Told]:
    """Draw the icons of the app, from the logo that was written; their problems. In a worker."""
    from stepwell.write.site_icons import icons

    caches = place.caches()
    drawn, problems = icons(website, fonts, place, *caches)
    for path, content in drawn.items():
        _write_bytes(place.folder / path, content)
    return [*(("SW601", "app", problem) for problem in problems), *damages(*caches)]


def write_batch(documents: tuple[Document, ...], fonts: FontSet, place: Place) -> list[Told]:
    """Write some PDFs of one language, and their pictures; their problems. Runs in a worker."""
    gc.disable()  # looking for cycles while a page is laid out costs a seventh of the time
    try:
        return _write_batch(documents, fonts, place)
    finally:
        gc.enable()
        gc.collect()


def _write_batch(documents: tuple[Document, ...], fonts: FontSet, place: Place) -> list[Told]:
    from stepwell.write.thumbnails import thumbnail

    cache, pictures = place.caches()
    problems: list[Told] = []
    for document in documents:
        content, found = printed(document, fonts, place.assets, cache)
        problems += [(getattr(p, "code", "SW601"), document.path, str(p)) for p in found]
        _write_bytes(place.folder / document.path, content)
        if content:
            _write_bytes(place.folder / document.picture, thumbnail(content, pictures))
    return [*problems, *damages(cache, pictures)]


def damages(*caches: Cache) -> Iterator[Told]:
    """What is told of entries that were damaged, and are made anew by now."""
    for cache in caches:
        for name in cache.damaged:
            yield "SW611", name, "this entry of the cache was damaged; it was made anew"


def printed(
    document: Document, fonts: FontSet, assets: Path, cache: Cache
) -> tuple[bytes, tuple[str, ...]]:
    """A PDF from the cache, or made and, if it has no problem, kept there.

    Pages that are too many for their sheet are not put on one: its problem says so.
    """
    from stepwell.write import imposition, pdf

    key = pdf.key(document, fonts, assets)
    if (known := cache.get(key)) is not None:
        return known, ()
    made = pdf.make(document, fonts=fonts, assets=assets)
    content = made.content
    too_long = any(getattr(problem, "code", "") == "SW604" for problem in made.problems)
    if content and document.imposition and not too_long:
        beside = replace(document, html=document.note, fillable=False)
        note = pdf.make(beside, fonts=fonts, assets=assets).content if document.note else b""
        content = imposition.imposed(content, document.imposition, direction_of(document), note)
    if content and not made.problems:
        cache.put(key, content)
    return content, made.problems


def direction_of(document: Document) -> Direction:
    """ltr or rtl, as the document says of itself."""
    return (
        "rtl" if '<html lang="' in document.html and ' dir="rtl"' in document.html[:400] else "ltr"
    )
