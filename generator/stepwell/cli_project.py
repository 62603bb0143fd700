"""Commands around a project: new, serve, schema, doctor, explain, clean.

They are added to the group in `cli`, whose rules hold here too.
"""

from __future__ import annotations

from pathlib import Path

import click

from stepwell.usage import known_names, project_of, today


@click.command(epilog="\b\nExample:\n  stepwell new clinic && cd clinic && stepwell build")
@click.argument("name")
@click.pass_obj
def new(folder: Path, name: str) -> None:
    """Begin a clinic in the new folder NAME, from the sample pathways."""
    from stepwell.console import writing_faults
    from stepwell.project import is_name
    from stepwell.starter import begin

    if not is_name(name):
        raise click.UsageError(f"'{name}' can't be a folder's name; use letters, digits, - and _")
    target = folder / name
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.UsageError(f"{target} is already there; choose another name")
    with writing_faults():
        begin(target)
    click.echo(f"Made {target}. Change pathways/site.yaml first: it names your clinic.")
    click.echo(f"Then: cd {name} && stepwell build")


@click.command(epilog="\b\nExample:\n  stepwell serve --port 8001")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="The port on this machine; 0 takes a free one.")  # fmt: skip
@click.option("--lang", "languages", multiple=True, metavar="TAG", help="Only this language.")
@click.pass_obj
def serve(folder: Path, port: int, languages: tuple[str, ...]) -> None:
    """Build, show the site on this machine, and rebuild whenever you save a file."""
    from stepwell.console import Console, publishing_faults
    from stepwell.serve import serve as run

    with publishing_faults(), known_names():
        run(project_of(folder), port, languages, today(), Console())


@click.command(epilog="\b\nExample:\n  stepwell schema --out schema")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Write here instead of the project's schema/.")  # fmt: skip
@click.pass_obj
def schema(folder: Path, out: Path | None) -> None:
    """Write JSON Schemas, for completion and help on hover while you edit YAML."""
    from stepwell.console import writing_faults
    from stepwell.schema import write_schemas

    with writing_faults():
        for file in write_schemas(out or project_of(folder).root / "schema"):
            click.echo(f"Wrote {file}")


@click.command(epilog="\b\nExample:\n  stepwell doctor")
@click.pass_obj
def doctor(folder: Path) -> None:
    """Look whether this machine has all that is needed, and say what mends it."""
    from stepwell.doctor import examine
    from stepwell.project import Project

    project = Project.find(folder)
    findings = examine(project.root if project else None)
    for found in findings:
        word = "ok     " if found.ok else ("MISSING" if found.needed else "advice ")
        click.secho(f"{word}  {found.name}: {found.detail}", fg=None if found.ok else "yellow")
        if not found.ok and found.remedy:
            click.echo(f"         mend it with:  {found.remedy}")
    if any(found.needed and not found.ok for found in findings):
        raise SystemExit(1)
    click.echo("Everything that is needed is there.")


@click.command(epilog="\b\nExample:\n  stepwell explain SW401")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Tell what a code such as SW203 means and how to mend it. Without CODE, list all."""
    from stepwell.codes import CODES
    from stepwell.diagnostics import nearest

    if code is None:
        for known in CODES.values():
            click.echo(f"{known.code}  {known.severity:<8} {known.slug:<32} {known.what}")
        return
    found = CODES.get(code.upper())
    if found is None:
        hint = nearest(code.upper(), CODES) or "'stepwell explain' lists all codes"
        raise click.UsageError(f"There is no code '{code}'; {hint}")
    click.echo(f"{found.code} {found.slug} ({found.severity})\n\n{found.what}\n")
    click.echo(f"Why it matters: {found.why}\nHow to mend it: {found.mend}")


@click.command(epilog="\b\nExample:\n  stepwell clean --cache")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="The published folder, if not site/.")  # fmt: skip
@click.option("--cache", is_flag=True, help="Delete the cache (.stepwell/) too.")
@click.pass_obj
def clean(folder: Path, out: Path | None, cache: bool) -> None:
    """Delete what a build has published. What you write in pathways/ is never touched."""
    import shutil

    from stepwell.console import publishing_faults
    from stepwell.write.publish import remove

    project = project_of(folder)
    target = (out or project.out).absolute()
    with publishing_faults():
        click.echo(f"Deleted {target}" if remove(target) else f"There is no {target}")
        if cache and project.cache.is_dir():
            shutil.rmtree(project.cache)
            click.echo(f"Deleted {project.cache}")


COMMANDS = (new, serve, schema, doctor, explain, clean)
