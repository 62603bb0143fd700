"""The command cases: worked cases, what they cover, and proposals. It is added to `cli`."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stepwell.usage import known_names, project_of, today

if TYPE_CHECKING:
    from stepwell.casebook import Casebook, Entry
    from stepwell.definitions.project import Definitions
    from stepwell.logic.coverage import Goal
    from stepwell.project import Project

WHY_NOT = {
    "constant": "every value meets it, or none does",
    "never-alone": "it never decides this criterion alone",
    "never-decides": "other criteria decide about these people",
    "too-hard": "the limit of work was reached",
}
COLOURS = {"ok": None, "proposed": "yellow", "fails": "red"}


@click.command(
    epilog="\b\nExamples:\n"
    "  stepwell cases\n"
    "  stepwell cases sleep -v\n"
    "  stepwell cases sleep --generate --out pathways/sleep/cases-proposed.yaml"
)
@click.argument("pathway", required=False)
@click.option("--generate", is_flag=True, help="Propose cases that show what none shows yet.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write proposals to a new cases-….yaml beside cases.yaml.")  # fmt: skip
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the result is written.")  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="Name what no case shows, and why.")
@click.pass_obj
def cases(
    folder: Path, pathway: str | None, generate: bool, out: Path | None, format: str, verbose: bool
) -> None:
    """Run the worked cases of PATHWAY, or of all, and tell what they cover.

    A case covers one side of a threshold if its value stands next to it there,
    and the case would come out otherwise were the threshold moved past it.
    Proposed cases are for a clinician to confirm. Exits with 1 if a case fails.
    """
    from stepwell.casebook import Casebook

    project, read = project_of(folder), _read(folder, pathway)
    if generate or out:
        return _generate(project, read, out, generate, format)
    books = {name: Casebook.of(read, name) for name in read.pathways}
    if format == "json":
        told = {name: _as_json(book) for name, book in books.items()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for name, book in books.items():
            _table(name, book, verbose)
    if any(entry.result == "fails" for book in books.values() for entry in book.entries):
        raise SystemExit(1)
    return None


def _read(folder: Path, pathway: str | None) -> Definitions:
    """The project with its criteria known to fit; else its problems, and the end."""
    from stepwell import pipeline
    from stepwell.console import report

    run, scope = pipeline.Run(), pipeline.Scope((), (pathway,) if pathway else ())
    with known_names():
        read = pipeline.read(project_of(folder), scope, today(), run)
    if read is None or not run.verdicts:
        report(run, "text", 0, True)
        raise SystemExit(1)
    return read


# What there is


def _table(name: str, book: Casebook, verbose: bool) -> None:
    click.secho(name, bold=True)
    width = max((len(entry.case.id) for entry in book.entries), default=0)
    for entry in book.entries:
        word = "FAILS" if entry.result == "fails" else entry.result
        line = f"  {word:<9} {entry.case.id:<{width}}  {_led(entry)}"
        click.secho(line, fg=COLOURS[entry.result])
    tally = Counter(book.states.values())
    shown = tally["covered"] + tally["proposed"]
    proposed = f", {tally['proposed']} of them only by proposed cases" if tally["proposed"] else ""
    click.echo(
        f"\n{shown} of {shown + tally['open']} thresholds and branches are covered{proposed}."
    )
    if never := len(book.goals) - shown - tally["open"]:
        click.echo(f"{never} more can't be covered; -v says why.")
    _criteria(book, verbose)
    click.echo()


def _led(entry: Entry) -> str:
    case, came = entry.case, entry.outcome
    if came is None:
        return "names what there is not"
    place = came.place or ("is left open" if came.ask else "no single tier")
    reached = f"{case.in_}: {came.step} -> {place}" if case.in_ and came.step else place
    return reached if entry.result != "fails" else f"{reached}; should be {_expected(entry)}"


def _expected(entry: Entry) -> str:
    case = entry.case
    return f"{case.in_}: {case.step or '?'} -> {case.tier}" if case.in_ else str(case.tier)


def _criteria(book: Casebook, verbose: bool) -> None:
    """By criterion, how much of what can be covered is."""
    paths = dict.fromkeys(goal.path for goal in book.goals)
    for path in paths:
        states = [(goal, state) for goal, state in book.states.items() if goal.path == path]
        tally = Counter(state for _, state in states)
        shown = tally["covered"] + tally["proposed"]
        counted = f"{shown} of {shown + tally['open']}"
        click.secho(f"  {counted:>10}  {_named(path)}", fg="yellow" if tally["open"] else None)
        for goal, state in states if verbose else ():
            if state not in ("covered", "proposed"):
                click.echo(f"{'':14}{_told(goal)}: {WHY_NOT.get(state, 'not covered yet')}")


def _named(path: str) -> str:
    from stepwell.check.criteria import named

    tier = path.removeprefix("tiers/").removesuffix("/stay")
    return f"staying in '{tier}'" if path == f"tiers/{tier}/stay" else named(path)


def _told(goal: Goal) -> str:
    """A goal in the words of YAML: `phq-9: {at-least: 15} with 14`."""
    from stepwell.logic.cells import typed
    from stepwell.logic.hints import written

    if goal.test is None:
        return "somebody whom it sends"
    value = f" with {typed(goal.test.measure, goal.side.value)}" if goal.side else ""
    return f"{written(goal.test)}{value}"


def _as_json(book: Casebook) -> dict[str, object]:
    return {
        "cases": [
            {
                "id": entry.case.id, "result": entry.result, "in": entry.case.in_,
                "tier": entry.case.tier, "step": entry.case.step,
                "reached": entry.outcome and entry.outcome.place,
                "by": entry.outcome and entry.outcome.step,
            }
            for entry in book.entries
        ],
        "coverage": [
            {"criterion": goal.path, "what": _told(goal), "state": state, "in": goal.tier}
            for goal, state in book.states.items()
        ],
    }  # fmt: skip


# What is proposed


def _generate(
    project: Project, read: Definitions, out: Path | None, generate: bool, format: str
) -> None:
    from stepwell.casebook import Casebook
    from stepwell.console import Console
    from stepwell.proposed import Names, as_yaml, written

    name = _only(read, generate)
    target = _target(project, read, name, out) if out else None
    inside = f"{project.content.name}/{name}"
    book = Casebook.of(read, name, f"{inside}/{target.name}" if target else "")
    left = sum(state == "open" for state in book.states.values())
    with Console().bar("Looking for people", left) as advance:
        found = book.proposals(lambda done: [advance("") for _ in range(done)])
    names = Names.of(read.pathways[name], read.vocabulary.instruments)
    made = list(written(found, book.rules, names, [entry.case.id for entry in book.entries]))
    if not made:
        click.echo("Nothing to propose: what can be covered is covered.", err=True)
    elif format == "json":
        click.echo(json.dumps([case.fields() for case in made], ensure_ascii=False, indent=1))
    elif target is None:
        click.echo(as_yaml(made), nl=False)
        hint = f"--out {inside}/cases-proposed.yaml"
        click.echo(f"{len(made)} cases. They are read once they stand in a file: {hint}", err=True)
    else:
        _write(target, as_yaml(made))
        click.echo(f"Wrote {len(made)} proposed cases to {target}.")
        click.echo("A clinician looks at each, and removes 'proposed: yes' where it is right.")


def _only(read: Definitions, generate: bool) -> str:
    """The one pathway that cases are proposed for."""
    if not generate:
        raise click.UsageError("--out says where proposals go; add --generate")
    if len(read.pathways) != 1:
        raise click.UsageError(f"name one pathway: {', '.join(read.pathways)}")
    return next(iter(read.pathways))


def _target(project: Project, read: Definitions, name: str, out: Path) -> Path:
    """Where proposals may be written: a new file, or one that holds nothing but proposals."""
    from stepwell.definitions.cases import FILES
    from stepwell.proposed import HEAD

    folder = project.content / name
    target = Path(os.path.abspath(out))
    if target.parent.resolve() != folder or not FILES.fullmatch(target.name):
        raise click.UsageError(
            f"Cases are read from {folder} only, from cases.yaml and cases-….yaml;\n"
            f"write --out {folder / 'cases-proposed.yaml'}"
        )
    path = f"{project.content.name}/{name}/{target.name}"
    known = read.cases[name].cases if name in read.cases else ()
    ours = target.is_file() and target.read_text("utf-8").startswith(HEAD)
    confirmed = any(case.id.span.path == path and not case.proposed for case in known)
    if os.path.lexists(target) and (confirmed or not ours):
        raise click.UsageError(f"{target} holds cases that were not only proposed; name another")
    return target


def _write(target: Path, text: str) -> None:
    from stepwell.console import writing_faults

    with writing_faults():
        begun = target.with_name(f".{target.name}.tmp")
        begun.write_text(text, encoding="utf-8")
        os.replace(begun, target)


COMMANDS = (cases,)
