"""Where parts of the outputs are rendered: in workers, once each, and kept for the next build.

A part is kept under its own hash, whole, and as a card beside it, which has no HTML; under the
hash of all that it is made from (`inputs`) stands which part that is. So what comes out the same,
on another day for example, is kept once. This process holds only cards; who prints or publishes
fetches the whole. One that was lost is rendered again by whoever needs it.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import multiprocessing
import pickle
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.inputs import Inputs
from stepwell.load.interface import interface
from stepwell.logic.waivers import Verdict
from stepwell.model import Ask, Part
from stepwell.progress import Progress
from stepwell.render import Each, Renderer
from stepwell.render.environment import Templates
from stepwell.resolve import Resolved
from stepwell.source import Span
from stepwell.write import told
from stepwell.write.schedule import Jobs, Task
from stepwell.write.store import Store

_CONTENT = ".content"
_HELD = 3
"""Parts that a worker keeps at hand: neighbours are asked for one after another."""


@dataclass(frozen=True)
class Content:
    """What is rendered, on which day."""

    definitions: Definitions
    verdicts: Mapping[str, Verdict]
    today: datetime.date

    def resolved(self) -> Resolved:
        """Its editions, with the interface words of its languages."""
        tags = (*self.definitions.languages, self.definitions.source_language)
        words = {tag: interface(tag) for tag in tags}
        return Resolved(self.definitions, words, self.today, self.verdicts)


@dataclass(frozen=True)
class Workshop:
    """Renders parts, or takes them from a store. The `folder` is one that all workers see."""

    inputs: Inputs
    templates: tuple[Path, ...]
    pdf: bool
    store: Store
    folder: Path

    @contextmanager
    def open(self, content: Content) -> Iterator[None]:
        """Let workers have what is rendered, as long as this lasts."""
        file = self.folder / _CONTENT
        with file.open("wb") as target:
            pickle.dump(content, target, protocol=pickle.HIGHEST_PROTOCOL)
        try:
            yield
        finally:
            file.unlink()

    @property
    def tools(self) -> str:
        """The hash of what is no content."""
        return self.inputs.tools

    def digest(self, ask: Ask, damaged: list[str]) -> str:
        """The hash of a part, which is rendered if it is not known. Raises what `part` raises."""
        if digest := self._known(ask, damaged):
            return digest
        return self._rendered(ask)[0]

    def card(self, ask: Ask, damaged: list[str]) -> Part | None:
        """The card of a part that is kept; None if it has to be rendered."""
        digest, cache = self._known(ask, damaged), self.store.cache("cards")
        found = cache.get(digest) if digest else None
        damaged += cache.damaged
        return None if found is None else _adapter().validate_json(found)

    def part(self, ask: Ask, damaged: list[str]) -> Part:
        """The whole part; names of entries that were damaged are added to a list.

        Raises TemplateFault, and OSError if it can't be kept.
        """
        if digest := self._known(ask, damaged):
            try:
                return _whole(self.store, digest)
            except Lost as lost:
                damaged += lost.damaged
        return self._rendered(ask)[1]

    def render(self, ask: Ask) -> tuple[Part, list[str]]:
        """The card of a part, and names of entries that were damaged. Runs in a worker."""
        damaged: list[str] = []
        card = self.part(ask, damaged).card()
        self.store.cache("cards").put(self.digest(ask, damaged), _adapter().dump_json(card))
        return card, damaged

    def _known(self, ask: Ask, damaged: list[str]) -> str:
        """The hash of the part that an ask came to; none if that is not known."""
        cache = self.store.cache("digests")
        found = cache.get(self.inputs.key(ask))
        damaged += cache.damaged
        return found.decode() if found else ""

    def _rendered(self, ask: Ask) -> tuple[str, Part]:
        """A part that was rendered and kept, after its hash."""
        part = _renderer(self.folder / _CONTENT, self.templates, self.pdf).part(ask)
        content = _adapter().dump_json(part)
        digest = hashlib.sha256(content).hexdigest()
        self.store.cache("parts").put(digest, content)
        self.store.cache("digests").put(self.inputs.key(ask), digest.encode())
        return digest, part


def cards(workshop: Workshop, pool: Executor, diagnostics: Diagnostics, progress: Progress) -> Each:
    """What renders parts in a crew, where the store does not have them; it gives their cards."""

    def each(asks: Sequence[Ask]) -> Iterator[Part]:
        damaged: list[str] = []
        made: dict[Ask, Part] = {}
        for ask in asks:
            if (card := workshop.card(ask, damaged)) is not None:
                made[ask] = card
        jobs = Jobs(pool)
        for ask in asks:
            if ask not in made:
                jobs.begin(Task(f"pages {ask.language}/{ask.pathway}", workshop.render, (ask,)))
        with progress.bar("Pages", len(asks) - len(made)) as advance:
            for task, (card, broken) in jobs.finished():
                made[task.arguments[0]] = card
                damaged += broken
                advance(task.name)
        for code, path, message in told(damaged):
            diagnostics.add(code, Span(path), message)
        return map(made.__getitem__, asks)

    return each


class Lost(Exception):
    """A part is not in the store; `damaged` names its entry if that is there and damaged."""

    def __init__(self, damaged: list[str]) -> None:
        super().__init__(*damaged)
        self.damaged = damaged


@lru_cache(maxsize=_HELD)
def _whole(store: Store, digest: str) -> Part:
    cache = store.cache("parts")
    if (found := cache.get(digest)) is None:
        raise Lost(cache.damaged)
    return _adapter().validate_json(found)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Part]:
    """What writes parts as JSON, and reads them with every type checked."""
    return TypeAdapter(Part)


@lru_cache(maxsize=1)
def _renderer(content: Path, templates: tuple[Path, ...], pdf: bool) -> Renderer:
    """What renders in this worker, read once. It stays, so collecting garbage passes it by."""
    gc.disable()
    try:
        read: Content = pickle.loads(content.read_bytes())  # noqa: S301 - written by this build
    finally:
        gc.enable()
    if multiprocessing.parent_process() is not None:
        gc.freeze()
    return Renderer(read.resolved(), Templates(templates), read.definitions.languages, pdf)
