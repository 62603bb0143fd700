"""Commands about criteria: prove, where. They are added to the group in `cli`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stepwell.usage import known_names, project_of, today

if TYPE_CHECKING:
    from stepwell.definitions.project import Definitions
    from stepwell.logic.failures import Failure
    from stepwell.logic.waivers import Verdict
    from stepwell.pipeline import Run
    from stepwell.resolve.view import Reading
    from stepwell.where import Answer, Option

MARKS = {True: ("holds", "green"), False: ("fails", None), None: ("open", "yellow")}


@click.command(
    epilog="\b\nExamples:\n  stepwell prove\n  stepwell prove psychosomatic-stepped-care -v"
)
@click.argument("pathway", required=False)
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the result is written.")  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="Name everything that was asked of.")
@click.pass_obj
def prove(folder: Path, pathway: str | None, format: str, verbose: bool) -> None:
    """Prove the criteria of PATHWAY, or of all: nobody falls through, nobody is sent both ways.

    Exits with 1 if something does not hold and no waiver lets it stand.
    """
    run, definitions = _read(folder, (pathway,) if pathway else ())
    if format == "json":
        told = {name: _as_json(verdict) for name, verdict in run.verdicts.items()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for name, verdict in run.verdicts.items():
            _table(name, verdict, definitions, verbose)
    if not all(verdict.stands for verdict in run.verdicts.values()):
        raise SystemExit(1)


def _read(folder: Path, pathways: tuple[str, ...]) -> tuple[Run, Definitions]:
    """The project with its criteria known to fit; else its problems, and the end."""
    from stepwell import pipeline
    from stepwell.console import report

    run = pipeline.Run()
    with known_names():
        definitions = pipeline.read(project_of(folder), pipeline.Scope((), pathways), today(), run)
    if definitions is None or not run.verdicts:
        report(run, "text", 0, True)
        raise SystemExit(1)
    return run, definitions


def _as_json(verdict: Verdict) -> dict[str, object]:
    from stepwell.check.proof import message, remedy

    return {
        "stands": verdict.stands,
        "digest": verdict.proof.digest,
        "questions": verdict.proof.questions,
        "results": [
            {"obligation": result.obligation, "subject": result.subject, "result": result.outcome}
            for result in verdict.proof.results
        ],
        "failures": [
            {
                "obligation": failure.obligation, "subject": failure.subject,
                "criteria": list(failure.paths), "message": message(failure),
                "help": remedy(failure), "digest": failure.digest, "person": failure.text,
                "waiver": waivers.get(failure.digest),
            }
            for waivers in [{f.digest: str(w.id) for w, f in verdict.waived}]
            for failure in verdict.proof.failures
        ],
    }  # fmt: skip


def _table(name: str, verdict: Verdict, definitions: Definitions, verbose: bool) -> None:
    from stepwell.resolve.claims import CLAIMS

    state = "proved" if verdict.stands else "not proved"
    click.secho(f"{name}: {state}", bold=True, fg="green" if verdict.stands else "red")
    for obligation, tally in verdict.tallies().items():
        rest = f", {tally.waived} waived" if tally.waived else ""
        good = tally.held + tally.waived == tally.asked
        counted = f"{tally.held} of {tally.asked}{rest}"
        mark = "holds" if good else "FAILS"
        click.secho(f"  {mark}  {CLAIMS[obligation]:<64} {counted}", fg=None if good else "red")
        if verbose:
            _subjects(verdict, obligation)
    for failure in verdict.broken:
        _failure(failure)
    for waiver, failure in verdict.waived:
        click.echo(f"\n  Let stand by '{waiver.id}': {_told(failure)}\n  Reason: {waiver.reason}")
    click.echo(f"  Fingerprint of the criteria: {verdict.proof.digest[:12]}")
    _unjudged(name, definitions)
    click.echo()


def _subjects(verdict: Verdict, obligation: str) -> None:
    for result in verdict.proof.results:
        if result.obligation == obligation and result.subject:
            click.echo(f"           {result.outcome:<10} {result.subject}")


def _told(failure: Failure) -> str:
    from stepwell.check.proof import message

    return message(failure)


def _failure(failure: Failure) -> None:
    from stepwell.check.proof import recipe, remedy

    click.secho(f"\n  {_told(failure)}", fg="red")
    click.echo(f"    help: {remedy(failure)}")
    if not failure.undecided:
        click.echo(f"    to let it stand, with a reason that is published: {recipe(failure)}")


def _unjudged(name: str, definitions: Definitions) -> None:
    """Measures of which nothing says which way is worse, so that the proof could not ask."""
    measures = definitions.pathways[name].measures
    silent = [found for found, written in measures.items() if written.higher_is == "neither"]
    if silent:
        click.echo(f"  Without 'higher-is', so not asked about getting worse: {', '.join(silent)}")


@click.command(
    epilog="\b\nExamples:\n"
    "  stepwell where stepped-care --set phq-9=15 --set suicidal-plan=no\n"
    "  stepwell where stepped-care --in guided-self-help --set in-tier='6 weeks'"
)
@click.argument("pathway")
@click.option("--set", "given", multiple=True, metavar="MEASURE=VALUE",
              help="An answer, for example phq-9=15. May be repeated.")  # fmt: skip
@click.option("--in", "tier", metavar="TIER", help="The tier the person is in: a review.")
@click.option("--lang", "language", metavar="TAG", help="Answer in this language.")
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How the answer is written.")  # fmt: skip
@click.pass_obj
def where(
    folder: Path, pathway: str, given: tuple[str, ...], tier: str | None, language: str | None,
    format: str,
) -> None:  # fmt: skip
    """Tell which tier of PATHWAY a person's answers lead to, and why.

    What is not answered is unknown, never false: then it says what to ask next.
    """
    from dataclasses import asdict

    from stepwell.where import WrongAnswer
    from stepwell.where import where as look

    _, definitions = _read(folder, (pathway,))
    try:
        found = look(_reading(definitions, pathway, language), _pairs(given), tier)
    except WrongAnswer as error:
        raise click.UsageError(str(error)) from None
    if format == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        _say(found)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.UsageError(f"'{pair}' is no answer; write it as --set phq-9=15")
        pairs[name.strip()] = value.strip()
    return pairs


def _say(found: Answer) -> None:
    for finding, action in found.flags:
        click.secho(f"RED FLAG: {finding}", fg="red", bold=True)
        click.secho(f"  {action}\n", fg="red")
    reached = next((option for option in found.options if option.id == found.reached), None)
    if reached:
        click.secho(f"{reached.title} ({reached.id})", bold=True)
        _because(reached)
    elif found.stays:
        click.secho("Stays: no move holds.", bold=True)
    elif found.ask:
        click.secho("Not decided yet. What would settle it:", bold=True)
        for name, question in found.ask:
            click.echo(f"  {name:<24} {question}")
    else:
        click.secho("No single tier or exit.", bold=True)
    click.echo("\nLooked at, in this order:")
    for option in found.options:
        word, colour = MARKS[option.truth]
        click.secho(f"  {word:<6} {option.title} ({option.id})", fg=colour)
        if option.truth is False:
            _because(option, "         ")


def _because(option: Option, indent: str = "  ") -> None:
    for said, holds in option.reasons:
        click.echo(f"{indent}{'yes' if holds else 'no '}  {said}")


def _reading(definitions: Definitions, pathway: str, language: str | None) -> Reading:
    """How the pathway is read by a clinician in a language, or in that of the source."""
    from stepwell.load.interface import interface
    from stepwell.resolve import Resolved

    tag = language or definitions.source_language
    with known_names():
        definitions.narrowed((tag,), ())
    spoken = {name: interface(name) for name in (tag, definitions.source_language)}
    resolved = Resolved(definitions, spoken, today())
    return resolved.reading(resolved.edition(tag, "clinician", pathway), "", "print")


COMMANDS = (prove, where)
