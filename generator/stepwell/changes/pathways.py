"""All changes of one pathway: of its fields, of its criteria, and who changes place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from stepwell.changes.criteria import Criteria
from stepwell.changes.entries import Ids, Path, Renames, entries, renamed_items
from stepwell.changes.model import Change, Part, Section, Topic, in_order
from stepwell.changes.people import reckonings
from stepwell.changes.structure import Version, changes
from stepwell.changes.titles import KINDS, Titles
from stepwell.definitions.base import Definition, Text
from stepwell.definitions.criteria import Criterion
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.placeholders import placeholders
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.logic.aligned import renamed
from stepwell.logic.compare import Comparison, compare
from stepwell.logic.rules import RuleSet, rule_set
from stepwell.logic.shifts import Reckoning
from stepwell.logic.typing import Vocabulary


def version(
    definition: Definition, titles: Titles, renames: Renames | None = None, path: Path = ()
) -> Version:
    """A definition as one of two versions; an old one with what was renamed since."""
    listed = entries(definition, path, renames=renames or Renames())
    return Version({entry.path: entry for entry in listed}, titles)


def ids_of(items: Mapping[Path, str]) -> Ids:
    """References to what was renamed, of items by their path."""
    return {
        (KINDS[path[-2]], path[-1]): now
        for path, now in items.items()
        if len(path) <= 3 and path[-2] in KINDS
    }


def only(name: str, pathway: Pathway, kind: Literal["added", "removed"]) -> Section:
    """A pathway that only one version has."""
    title = str(pathway.title)
    part = Part(None, title) if kind == "added" else Part(title, None)
    versions = (None, pathway.version) if kind == "added" else (pathway.version, None)
    span = pathway.place()
    change = Change(Topic.PATHWAYS, kind, "safety", ("the pathway",), "", span, (part,))
    return Section(name, title, versions, (change,))


def compared(name: str, old: Definitions, new: Definitions, shared: Renames) -> Section:
    """What changed in a pathway that both versions have."""
    pair = _Pair(name, old, new, shared)
    found = (*pair.structural(), *pair.criteria())
    was, now = old.pathways[name], new.pathways[name]
    people = tuple(reckonings(pair.decisions(), pair.before.words, pair.after.words))
    reckoned = any(change.clinical and change.topic is Topic.CRITERIA for change in found)
    versions = (was.version, now.version)
    return Section(name, str(now.title), versions, in_order(found), people, reckoned)


@dataclass(frozen=True)
class _Side:
    """A pathway in one version: its titles, its criteria in words, its rules."""

    pathway: Pathway
    titles: Titles
    vocabulary: Vocabulary

    @classmethod
    def of(cls, definitions: Definitions, name: str, otherwise: Titles | None = None) -> _Side:
        instruments = {str(i.id): i for i in definitions.vocabulary.instruments}
        pathway = definitions.pathways[name]
        vocabulary = Vocabulary.of(pathway, instruments, Diagnostics())
        return cls(pathway, Titles(definitions, name, otherwise), vocabulary)

    @cached_property
    def words(self) -> Criteria:
        return Criteria(self.pathway, self.titles)

    def rules(self) -> RuleSet:
        return rule_set(self.pathway, self.vocabulary)

    def version(self, renames: Renames | None = None) -> Version:
        """The entries of the pathway, with its criteria in words."""
        found = version(self.pathway, self.titles, renames)
        told = {
            path: self.words.words(expression)
            for path, entry in found.entries.items()
            if isinstance(entry.value, Criterion)
            and (expression := self.vocabulary.expression(entry.value))
        }
        return replace(found, criteria=told)


def _where(path: str) -> Path:
    """The path of a criterion's entry, of its path in a rule set."""
    parts = tuple(path.split("/"))
    return parts if parts[-1] in ("enter", "when") else (*parts, "when")


class _Pair:
    """A pathway in two versions."""

    def __init__(self, name: str, old: Definitions, new: Definitions, shared: Renames) -> None:
        self.after = _Side.of(new, name)
        self.before = _Side.of(old, name, self.after.titles)
        self._items = dict(renamed_items(self.before.pathway, self.after.pathway))
        self._ids = {**shared.ids, **ids_of(self._items)}
        self._old = self.before.version(Renames(self._items, self._ids))
        self._new = self.after.version()

    def structural(self) -> Iterator[Change]:
        """What changed in the fields of the pathway."""
        for change in changes(self._old, self._new, self._ids):
            used = self._uses(change.path) if change.path.startswith("quantities/") else ()
            yield replace(change, used_in=used)

    def criteria(self) -> Iterator[Change]:
        """The criteria that both versions have and that mean something else."""
        for found in self._comparison.criteria:
            if found.old is None or found.new is None:
                continue
            path = _where(found.path)
            entry = self._new.entries[path]
            parts = tuple(self.after.words.part(edit, self.before.words) for edit in found.edits)
            yield Change(
                Topic.CRITERIA, "changed", "safety", self._new.where(entry), "/".join(path),
                entry.span, parts, tuple(map(self.after.words.path, found.used_in)),
            )  # fmt: skip

    def decisions(self) -> tuple[Reckoning, ...]:
        """The decisions that were compared."""
        return (self._comparison.assessment, *self._comparison.reviews)

    @cached_property
    def _comparison(self) -> Comparison:
        old = renamed(self.before.rules(), self._name)
        return compare(old, self.after.rules(), tuple(self._apart()))

    def _name(self, path: str) -> str:
        at = tuple(path.split("/"))
        return self._items.get(at, at[-1])

    def _apart(self) -> Iterator[str]:
        """The measures that are scored by another instrument now."""
        for name, was in self.before.pathway.measures.items():
            now = self.after.pathway.measures.get(self._name(f"measures/{name}"))
            if now and was.instrument and now.instrument:
                known = self._ids.get(("instrument", str(was.instrument)), str(was.instrument))
                if known != now.instrument:
                    yield self._name(f"measures/{name}")

    def _uses(self, path: str) -> tuple[str, ...]:
        """The texts in which a quantity stands, in words."""
        name = path.split("/")[1]
        found = (
            ", ".join(self._new.where(entry))
            for entry in self._new.entries.values()
            if isinstance(entry.value, Text)
            and any(
                piece.kind in ("quantity", "dose") and piece.argument == name
                for piece in placeholders(entry.value)
            )
        )
        return tuple(dict.fromkeys(found))
