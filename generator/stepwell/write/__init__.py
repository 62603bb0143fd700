"""Stage five: artifacts -> files. Nothing is published unless everything was written."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor

from stepwell import __version__
from stepwell.diagnostics import Diagnostics
from stepwell.model import (
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
from stepwell.write.inventory import Inventory
from stepwell.write.manifest import write_manifest
from stepwell.write.parts import Parts
from stepwell.write.place import Place, Told, damages, told
from stepwell.write.press import Press
from stepwell.write.printing import print_tasks, weight
from stepwell.write.schedule import Jobs, Task

__all__ = ["Parts", "Place", "Press", "seal", "told", "write"]


def write(
    outputs: Iterable[Output],
    press: Press,
    place: Place,
    pool: Executor,
    diagnostics: Diagnostics,
    progress: Progress,
) -> Rendered:
    """Write outputs into the folder of `place`; all of them, by kind.

    What takes longest begins first. What mkdocs and WeasyPrint say becomes SW602 and SW601.
    Raises OSError and schedule.TaskFailed.
    """
    rendered = Rendered.of(outputs)
    _write_webfonts(rendered.websites, place, pool, diagnostics)
    jobs = Jobs(pool)
    for task in _tasks(rendered, press, place):
        jobs.begin(task)
    count = len(rendered.websites) + len(rendered.documents)
    with progress.bar("Websites and PDFs", count) as advance:
        for task, problems in jobs.finished():
            for _ in range(task.outputs):
                advance(task.name)
            _tell(problems, diagnostics)
    return rendered


def seal(place: Place, rendered: Rendered, proofs: Iterable[Proved]) -> None:
    """Write what tells of all that was written: lists for offline reading, and the manifest."""
    from stepwell.write.site import ASIDE
    from stepwell.write.site_offline import write_offline

    for left in place.folder.glob(f"{ASIDE}*"):  # of a worker that was lost
        shutil.rmtree(left)
    before = Inventory.at(place.known)
    found = Inventory.of(place.folder, before)
    write_offline(
        place.folder, place.templates, rendered.websites, rendered.documents, found,
        place.overrides,
    )  # fmt: skip
    pages = [page for website in rendered.websites for page in website.pages]
    artifacts = [*pages, *rendered.documents, *rendered.data, *rendered.previews]
    found = write_manifest(place.folder, artifacts, __version__, proofs, found)
    if place.known:
        found.write(place.known)


def _write_webfonts(
    websites: Sequence[Website], place: Place, pool: Executor, diagnostics: Diagnostics
) -> None:
    """Write the fonts of all languages, a file a task."""
    from stepwell.write.webfonts import File, kept, write_webfonts

    def each(files: Sequence[File]) -> Iterator[bytes]:
        jobs = Jobs(pool)
        for file in files:
            jobs.begin(Task(f"font {file.name}", kept, (file, place.store.cache("webfonts"))))
        made: dict[File, bytes] = {}
        for task, (content, damaged) in jobs.finished():
            made[task.arguments[0]] = content
            _tell(told(damaged), diagnostics)
        return (made[file] for file in files)

    languages = [website.language for website in websites]
    write_webfonts(place.folder, languages, websites[0].family, each)


def _tell(problems: Iterable[Told], diagnostics: Diagnostics) -> None:
    for code, path, problem in problems:
        diagnostics.add(code, Span(path), problem)


def _tasks(rendered: Rendered, press: Press, place: Place) -> Iterator[Task]:
    """The tasks for outputs, the longest first; data is written at once."""
    fronts = [data for data in rendered.data if isinstance(data, Front)]
    for data in rendered.data:
        if not isinstance(data, Front):
            place.tree.put(data.path, data.content)
    yield from _website_tasks(rendered.websites, fronts, place)
    yield from sorted(print_tasks(rendered.documents, press, place), key=weight, reverse=True)
    for preview in rendered.previews:
        drawn = (preview, press.fonts[preview.language], place)
        yield Task(f"picture {preview.path}", write_preview, drawn, 0)
    first = rendered.websites[0]
    if first.offline and press.works:
        given = (first, press.fonts[first.language], place)
        yield Task("icons", write_icons, given, 0)


def _website_tasks(
    websites: Sequence[Website], fronts: Sequence[Front], place: Place
) -> Iterator[Task]:
    """A language a task. They wait for each other's pages, which they link to."""
    from stepwell.write.site_assets import write_assets
    from stepwell.write.site_root import write_root

    shared = place.folder / "assets"
    first = websites[0]
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


def write_website(
    website: Website,
    place: Place,
    published: dict[str, frozenset[str]],
    notices: frozenset[str],
) -> list[Told]:
    """Write one language and its search index; what was said of it. Runs in a worker."""
    from stepwell.write.search import index

    damaged: list[str] = []
    pages, searches = place.store.cache("site"), place.store.cache("search")
    warnings = _write_pages(website, place, published, notices, pages, damaged)
    warnings += index(place.tree, website.language, searches)
    said = (("SW602", website.language, warning) for warning in warnings)
    return [*said, *damages(pages, searches), *told(damaged)]


def _write_pages(
    website: Website, place: Place, published: dict[str, frozenset[str]],
    notices: frozenset[str], cache: Cache, damaged: list[str],
) -> list[str]:  # fmt: skip
    from stepwell.write.site import write_website
    from stepwell.write.site_kept import kept_website

    out, templates = place.folder, place.templates
    if place.parts is None:
        return write_website(
            website, out, templates, assets=out / "assets",
            published=published, notices=notices, overrides=place.overrides,
        )  # fmt: skip
    return kept_website(
        website, place.tree, templates, place.parts, cache, damaged,
        published=published, notices=notices, overrides=place.overrides,
    )  # fmt: skip


def write_preview(preview: Preview, fonts: FontSet, place: Place) -> list[Told]:
    """Write the picture beside shared links; its problems. Runs in a worker."""
    from stepwell.write.preview import picture

    caches = place.caches()
    content, problems = picture(preview, fonts, place.assets, *caches)
    place.tree.put(preview.path, content)
    return [*(("SW601", preview.path, problem) for problem in problems), *damages(*caches)]


def write_icons(website: Website, fonts: FontSet, place: Place) -> list[Told]:
    """Draw the icons of the app, from the logo that was written; their problems. In a worker."""
    from stepwell.write.site_icons import icons

    caches = place.caches()
    drawn, problems = icons(website, fonts, place, *caches)
    for path, content in drawn.items():
        place.tree.put(path, content)
    return [*(("SW601", "app", problem) for problem in problems), *damages(*caches)]
