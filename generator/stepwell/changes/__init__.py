"""The clinical diff: what changed between two versions of a project, as meanings, not as text.

`entries` lists a definition by stable ids, `structure` compares two such lists,
`topics` says what a change is about, `titles` what things are called. Criteria
are compared by `logic.compare` and told by `criteria` and `people`; `pathways`
brings a pathway's changes together. Begin with `compare`. What it makes is in
`model`, its renderings are `text`, `markdown` and `data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stepwell.changes.entries import Path, Renames, renamed_items
from stepwell.changes.model import Change, Report, Section, in_order
from stepwell.changes.pathways import compared, ids_of, only, version
from stepwell.changes.structure import changes
from stepwell.changes.titles import Titles
from stepwell.definitions.project import Definitions, UnknownName
from stepwell.diagnostics import nearest

SHARED = "What all pathways share"


def compare(
    old: Definitions,
    new: Definitions,
    names: tuple[str, str] = ("old", "new"),
    pathways: tuple[str, ...] = (),
) -> Report:
    """What changed between two versions whose references and criteria are sound.

    `names` are what the versions are called. `pathways` narrows it to some, and
    to what all share; empty means all. Raises UnknownName for one that neither
    version has.
    """
    known = tuple(dict.fromkeys((*new.pathways, *old.pathways)))
    for name in pathways:
        if name not in known:
            raise UnknownName(f"There is no pathway '{name}'; {nearest(name, known)}")
    items = dict(_renamed(old, new))
    shared = Renames(items, ids_of(items))
    sections = [
        _pathway(name, old, new, shared) for name in known if not pathways or name in pathways
    ]
    sections.append(Section("", SHARED, (None, None), in_order(_shared(old, new, shared))))
    return Report(*names, tuple(found for found in sections if found.changes or found.people))


def _renamed(old: Definitions, new: Definitions) -> Iterator[tuple[Path, str]]:
    for (scope, was), (_, now) in zip(old.shared(), new.shared(), strict=True):
        yield from renamed_items(was, now, (scope,))


def _shared(old: Definitions, new: Definitions, renames: Renames) -> Iterable[Change]:
    titles = Titles(new, None)
    before = Titles(old, None, titles)
    for (scope, was), (_, now) in zip(old.shared(), new.shared(), strict=True):
        after = version(now, titles, path=(scope,))
        yield from changes(version(was, before, renames, (scope,)), after, renames.ids)


def _pathway(name: str, old: Definitions, new: Definitions, shared: Renames) -> Section:
    was, now = old.pathways.get(name), new.pathways.get(name)
    if was and now:
        return compared(name, old, new, shared)
    if now:
        return only(name, now, "added")
    return only(name, old.pathways[name], "removed")
