"""Criteria in words, and what was changed in them."""

from __future__ import annotations

from stepwell.changes.model import Part
from stepwell.changes.titles import Titles, field_words
from stepwell.definitions.pathway import Pathway
from stepwell.logic.aligned import BEFORE
from stepwell.logic.cells import typed
from stepwell.logic.edits import Edit, Under, kind
from stepwell.logic.expression import Comparing, Every, Expression, Named, Neither, Some
from stepwell.logic.measures import BUILT_IN

LABELS = {"in-tier": "Time in this step", "reviews-done": "Reviews done", "age": "Age"}
_COMPARED = {
    "at-least": "at least {}", "more-than": "more than {}", "at-most": "at most {}",
    "below": "below {}", "range": "{} to {}",
}  # fmt: skip
_GROUPS: dict[Under, str] = {
    "all": "all of", "any": "any of", "none": "none of", "of": "at least {} of",
}  # fmt: skip


class Criteria:
    """The criteria of one version of a pathway in words."""

    def __init__(self, pathway: Pathway, titles: Titles) -> None:
        self._pathway = pathway
        self.titles = titles

    def knows(self, name: str) -> bool:
        """Whether the version has a measure."""
        return name in BUILT_IN or name in self._pathway.measures

    def label(self, name: str) -> str:
        """What a measure is called."""
        name, before, _ = name.partition(BEFORE)
        title = LABELS.get(name, name) if name in BUILT_IN else self.titles.of("measure", name)
        return f"{title} (as it was)" if before else title

    def words(self, expression: Expression) -> str:
        """A criterion in one line."""
        if isinstance(expression, Comparing):
            return self._test(expression)
        if isinstance(expression, Named):
            return self.titles.of("criterion", expression.name)
        parts = [self._inner(part) for part in expression.parts]
        if len(parts) == 1 and not isinstance(expression, Neither):
            return parts[0]
        return f"{self._head(expression)}: {'; '.join(parts)}"

    def _inner(self, part: Expression) -> str:
        said = self.words(part)
        grouped = isinstance(part, Every | Some | Neither) and (
            len(part.parts) > 1 or isinstance(part, Neither)
        )
        return f"({said})" if grouped else said

    def _head(self, group: Every | Some | Neither) -> str:
        least = group.least if isinstance(group, Some) else 0
        return _GROUPS[kind(group)].format(least)

    def _test(self, test: Comparing) -> str:
        label, value = self.label(test.measure.id), self._compared(test)
        if test.measure.kind == "finding":
            return label if value == "yes" else f"not: {label}"
        return f"{label}: {value}" if test.measure.kind != "score" else f"{label} {value}"

    def _compared(self, test: Comparing) -> str:
        values = [typed(test.measure, value.number) for value in test.values]
        if test.comparison == "yes":
            return "yes"
        if test.comparison in ("is", "one-of"):
            return " or ".join(values)
        return _COMPARED[test.comparison].format(*values)

    def part(self, edit: Edit, old: Criteria) -> Part:
        """What was changed in a criterion; this is the new version."""
        under = _GROUPS[edit.under].format("some") if edit.under else ""
        if edit.old is None or edit.new is None:
            told = under and f"{'added to' if edit.new else 'removed from'} '{under}'"
            was = old.words(edit.old) if edit.old else None
            return Part(was, self.words(edit.new) if edit.new else None, told)
        if isinstance(edit.old, Comparing) and isinstance(edit.new, Comparing):
            about = self.label(edit.new.measure.id)
            if edit.old.measure.id == edit.new.measure.id:
                about = f"{under}: {about}" if edit.under == "none" else about
                return Part(old._compared(edit.old), self._compared(edit.new), about)
        return Part(old.words(edit.old), self.words(edit.new), under and f"in '{under}'")

    def path(self, path: str) -> str:
        """A criterion's path in words: `Guided self-help, step up to Specialist care`."""
        kind_of, name, *rest = path.split("/")
        if kind_of == "criteria":
            return self.titles.of("criterion", name)
        place = self.titles.of("tier-or-exit", name)
        if rest in (["enter"], ["when"]):
            return f"{place}, entry"
        field = rest[0].replace("-", "_")
        tier = next(tier for tier in self._pathway.tiers if tier.id == name)
        step = next(step for step in getattr(tier, field) if step.id == rest[1])
        return f"{place}, {field_words(field)} to {self.titles.of('tier-or-exit', step.to)}"
