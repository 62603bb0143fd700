"""The sentences that renderings of a report share."""

from __future__ import annotations

from collections.abc import Iterable

from stepwell.changes.model import Answer, Change, Place, Reckoning, Report, Section, Shift

COUNTING = (
    "Every combination of answers that both versions allow counts as one, however rare it is: "
    "a share is one of combinations, not of patients."
)
NOBODY = (
    "Nobody changes step: every possible assessment and review leads to the same place as before."
)
TOO_MANY = "Here the criteria are too entangled to count who changes step."
NO_EXAMPLE = "no example was found within the limit of work"
MOST_USES = 5
NOTHING = "Nothing changed."
NOT_CLINICAL = "No clinical change."


def summary(report: Report) -> str:
    """How much changed, in a sentence or two."""
    if not report.changes and not report.hidden:
        return NOTHING
    sentences = [_clinical(report)]
    if report.hidden:
        shown = "is not shown" if report.hidden == 1 else "are not shown"
        what = counted(report.hidden, "change")
        sentences.append(f"{what} of care and information {shown} (--all shows everything).")
    elif other := len(report.changes) - report.clinical:
        sentences.append(f"{counted(other, 'change')} of care and information.")
    return " ".join(sentences)


def _clinical(report: Report) -> str:
    many, who = report.clinical, report.who
    if not many:
        return NOT_CLINICAL
    told = counted(many, "clinical change")
    if not who:
        return f"{told}; none concerns who gets which care."
    if who == many:
        return f"{told}; {'it concerns' if many == 1 else 'all concern'} who gets which care."
    return f"{told}; {who} of them {'concerns' if who == 1 else 'concern'} who gets which care."


def counted(number: int, what: str) -> str:
    """A number with its noun: `1 change`, `1,200 changes`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def title(section: Section, arrow: str = "->") -> str:
    """The heading of a section: the pathway and its version."""
    old, new = section.versions
    if old and new and old != new:
        return f"{section.title}, version {old} {arrow} {new}"
    version = new or old
    return f"{section.title}, version {version}" if version else section.title


def headline(change: Change) -> str:
    """What changed, in clinical words; a title with a comma in it is quoted."""
    several = len(change.where) > 1
    words = [f"'{word}'" if several and "," in word else word for word in change.where]
    kind = "" if change.kind == "changed" else f"{change.kind}: "
    return kind + ", ".join(words)


def uses(change: Change) -> str:
    """Where else a change is felt; the first few places."""
    left = len(change.used_in) - MOST_USES
    shown = [*change.used_in[:MOST_USES], *([more(left, "place")] if left > 0 else [])]
    return f"used in: {'; '.join(shown)}" if shown else ""


def location(change: Change) -> str:
    """The file and line of a change; nothing where a value was never written."""
    return f"{change.span.path}:{change.span.line}" if change.span.path else ""


def moment(found: Reckoning) -> str:
    """When a decision is made."""
    return f"At a review in {found.tier.title}" if found.tier else "At assessment"


def place(found: Place | None, at: Reckoning) -> str:
    """Where somebody comes to."""
    if found is None:
        return "stays" if at.tier else "nowhere"
    kind = found.by and found.by.replace("step-", "step ")
    if kind is None or found.title.lower().startswith(kind):
        return found.title
    return f"{kind} to {found.title}"


def share(shift: Shift, at: Reckoning) -> str:
    """How many they are, and of how many."""
    before = f"{percent(shift.count, shift.before)} of those that led there"
    every = f"{percent(shift.count, at.possible)} of all"
    return f"{counted(shift.count, 'combination')} of answers ({before}, {every})"


def percent(part: int, whole: int) -> str:
    """A share in percent, with as many digits as say something."""
    share = 100 * part / whole
    if part == whole:
        return "100 %"
    if share >= 1:
        return f"{min(share, 99.9):.1f} %"
    return f"{share:.2f} %" if share >= 0.01 else "less than 0.01 %"


def in_common(shift: Shift) -> str:
    """What all people of a group have in common."""
    if not shift.everyone:
        return "They have nothing in common."
    only = "All of them, and only they, have" if shift.exactly else "All of them have"
    return f"{only} {answers(shift.everyone)}."


def answers(found: Iterable[Answer]) -> str:
    """Answers in one line: what stands out first, findings that are absent last."""
    listed = tuple(found)
    absent = [a for a in listed if a.kind == "finding" and a.mild and a.values == "no"]
    told = [str(a) for a in listed if not a.mild]
    told += [str(a) for a in listed if a.mild and a not in absent]
    if absent:
        names = ", ".join(a.measure.replace("-", " ") for a in absent)
        told.append(f"none of these findings: {names}")
    return "; ".join(told)


def example(shift: Shift) -> str:
    """One person of a group: what stands out, all else as mild as can be."""
    if shift.example is None:
        return NO_EXAMPLE
    told = [str(answer) for answer in shift.example if not answer.mild]
    told.append("all else at its mildest" if told else "everything at its mildest")
    return "; ".join(told)


def more(number: int, what: str) -> str:
    """What is left away in a list."""
    return f"and {number} more {what}{'' if number == 1 else 's'}"
