"""The translators' files of a project: read, merged with the content, and written.

Pathways are taken one after another, so that a large project needs little
memory, and by several processes where there are many. What can't be read is a
diagnostic and is left as it is; the rest is brought up to date.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from stepwell import load
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.project import Definitions
from stepwell.definitions.units import SHARED, Unit, units
from stepwell.diagnostics import Diagnostic, Diagnostics
from stepwell.load.catalogs import FOLDER, existing
from stepwell.po import Catalog, Message
from stepwell.source import SourceFile
from stepwell.write.briefs import Briefs
from stepwell.write.catalogs import Briefed, Synced, Translations, merged, save
from stepwell.write.remembered import Remembered
from stepwell.write.schedule import Jobs, Task, executor

MANY = 16
"""From how many pathways on it is worth while to start other processes."""


@dataclass
class Told:
    """What came of some files: counts, problems, and the files that problems are in."""

    synced: list[Synced] = field(default_factory=list)
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    sources: dict[str, SourceFile] = field(default_factory=dict)


@dataclass(frozen=True)
class Merged:
    """A language's file: where it is, as it was, and as it ought to be now."""

    language: str
    name: str
    path: str
    before: Catalog = field(repr=False)
    after: Catalog = field(repr=False)
    units: tuple[Unit, ...] = field(repr=False)

    def live(self) -> Iterator[tuple[Message, Unit]]:
        """The entries that are not obsolete, each with its unit."""
        return zip(self.after.messages, self.units, strict=False)

    def replaced(self, messages: tuple[Message, ...]) -> Merged:
        """The same with other entries."""
        return replace(self, after=replace(self.after, messages=messages))

    def save(self, root: Path) -> Synced:
        """Write it if it says something new, and count its entries. Raises OSError."""
        save(self.after, self.before, root / self.path)
        return Synced.of(root / self.path, self.after)


class Desk:
    """The files of some languages, merged with the content of one project.

    `definitions` are what pathways share; pathways are given one by one.
    """

    def __init__(
        self, root: Path, content: str, definitions: Definitions, languages: tuple[str, ...],
        told: Told,
    ) -> None:  # fmt: skip
        self.root = root
        self.content = content
        self.definitions = definitions
        self.languages = languages
        self.told = told
        self._shared: dict[str, Translations] = {}

    def all(self) -> Iterator[Merged]:
        """Every file, where the pathways are in `definitions` too."""
        yield from self.shared()
        for name, pathway in self.definitions.pathways.items():
            yield from self.pathway(name, pathway)

    def shared(self) -> Iterator[Merged]:
        """The shared file of each language, and with it the words for all briefs."""
        found = units(part for _, part in self.definitions.shared())
        for one in self._merged(SHARED, self.definitions, None, found):
            self._shared[one.language] = _current(one.after)
            yield one

    def pathway(self, name: str, pathway: Pathway) -> Iterator[Merged]:
        """The file of a pathway in each language."""
        definitions = replace(self.definitions, pathways={name: pathway})
        yield from self._merged(name, definitions, name, units([pathway]))

    def folder(self, name: str) -> Iterator[Merged]:
        """The same of the pathway in a folder; none if it can't be read."""
        told = self.told
        found = load.load_pathway(self.root, self.content, name, told.diagnostics, told.sources)
        if found is not None:
            yield from self.pathway(name, found)

    def path(self, language: str, name: str) -> str:
        """Where a language has its file of a pathway, or of what they share, below the root."""
        return f"{self.content}/{FOLDER}/{language}/{name}.po"

    def _merged(
        self, name: str, definitions: Definitions, pathway: str | None, found: tuple[Unit, ...]
    ) -> Iterator[Merged]:
        briefs = Briefs(definitions, pathway)
        serves = definitions.serves
        briefed = [Briefed.of(unit, briefs.of(unit)) for unit in found]
        for language in self.languages:
            path = self.path(language, name)
            before = existing(self.root, path, self.told.diagnostics, self.told.sources)
            if before is None:
                continue
            wanted = [one for one in briefed if serves(language, one.unit.text.readers)]
            source, words = definitions.source_language, self._shared.get(language, {})
            after = merged(before, wanted, language, source, words)
            yield Merged(language, name, path, before, after, tuple(one.unit for one in wanted))


@dataclass(frozen=True)
class Job:
    """What is to be synced: a project, some languages (none is all), where to remember it."""

    root: Path
    content: str
    languages: tuple[str, ...] = ()
    cache: Path | None = None


def sync(job: Job, told: Told) -> Iterator[Synced]:
    """Bring the files of a project up to date, one after another.

    Raises UnknownName for a language that is not published, and OSError.
    """
    syncer = _Syncer.of(job, told)
    if syncer is None:
        return
    yield from [one.save(job.root) for one in syncer.desk.shared()]
    names = load.names(job.root, job.content)
    if len(names) < MANY:
        for name in names:
            yield from syncer.pathway(name)
    else:
        yield from _in_parallel(job, names, told)


class _Syncer:
    """Brings one pathway after another up to date, once the shared files are."""

    def __init__(self, job: Job, desk: Desk) -> None:
        self.job = job
        self.desk = desk

    @classmethod
    def of(cls, job: Job, told: Told) -> _Syncer | None:
        """A syncer, or None with diagnostics where what pathways share can't be read."""
        read = load.load_shared(job.root, job.content, told.diagnostics, told.sources)
        if read is None or told.diagnostics.unread:
            return None
        read = read.narrowed(job.languages, ())
        tags = tuple(tag for tag in read.languages if tag != read.source_language)
        return cls(job, Desk(job.root, job.content, read, tags, told))

    def pathway(self, name: str) -> list[Synced]:
        """Bring the files of a pathway up to date, unless it is known that they are."""
        known = self._remembered
        if known and (found := known.get(self._key(known, name))) is not None:
            return found
        synced = [one.save(self.job.root) for one in self.desk.folder(name)]
        if known and not self.desk.told.diagnostics.failed:
            known.put(self._key(known, name), synced)
        return synced

    def _key(self, known: Remembered, name: str) -> str:
        catalogs = [self.desk.path(language, name) for language in self.desk.languages]
        return known.key(f"{self.job.content}/{name}", catalogs)

    @cached_property
    def _remembered(self) -> Remembered | None:
        if self.job.cache is None:
            return None
        read = sorted(path for path in self.desk.definitions.files if path.endswith(".yaml"))
        shared = [self.desk.path(language, SHARED) for language in self.desk.languages]
        return Remembered(self.job.cache, self.job.root, [*read, *shared])


def _in_parallel(job: Job, names: list[str], told: Told) -> Iterator[Synced]:
    with executor(ready=(__name__,)) as pool:
        jobs = Jobs(pool)
        for name in names:
            jobs.begin(Task(f"catalogs of {name}", sync_pathway, (job, name)))
        done = {task.arguments[-1]: result for task, result in jobs.finished()}
    for name in names:
        synced, found, sources = done[name]
        told.diagnostics.extend(found)
        told.sources.update(sources)
        yield from synced


def sync_pathway(
    job: Job, name: str
) -> tuple[list[Synced], tuple[Diagnostic, ...], dict[str, SourceFile]]:
    """Bring the files of one pathway up to date. Runs in a worker."""
    syncer, told = _begun(job), Told()
    if syncer is None:
        return [], (), {}
    syncer.desk.told = told
    synced, found = syncer.pathway(name), told.diagnostics.sorted()
    sources = {p: s for p, s in told.sources.items() if any(one.span.path == p for one in found)}
    return synced, found, sources


@lru_cache(maxsize=1)
def _begun(job: Job) -> _Syncer | None:
    """In a worker: the syncer of a project, whose shared files were written before."""
    gc.disable()  # nothing here is in a circle; to look for some takes a third of the time
    syncer = _Syncer.of(job, Told())
    for _ in syncer.desk.shared() if syncer else ():
        pass
    return syncer


def _current(catalog: Catalog) -> Translations:
    return {m.key: m.translation for m in catalog.messages if m.current}
