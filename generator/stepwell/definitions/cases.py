"""`<pathway>/cases.yaml`: worked cases, run at every check."""

from __future__ import annotations

from stepwell.definitions.base import Definition, ExitRef, Id, Info


class Case(Definition):
    """A person, the tier they must reach, and why."""

    id: Id
    given: dict[str, str]
    """Measure to its value, typed as in a criterion: `phq-9: 12`, `suicidal-plan: no`."""
    tier: ExitRef
    """The tier or exit the person enters."""
    why: Info


class Cases(Definition):
    """The worked cases of a pathway."""

    cases: tuple[Case, ...] = ()
