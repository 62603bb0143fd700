"""A project's templates before our own: kept to what a template needs, and faults with a place.

A clinic may replace any template, and writes it without knowing our code. So what it
brings runs in Jinja's sandbox, which hands out no attribute that leads to files or code,
and whatever goes wrong in it becomes a `TemplateFault` that names its file and line.
Knows jinja2, as `write.site_mkdocs` and `write.site_pieces` do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from stepwell.diagnostics import nearest
from stepwell.source import Span

FOLDER = "templates"
"""What a project calls the folder of its own templates."""


class TemplateFault(Exception):
    """A template can't be used: where, what is wrong, and what to do about it."""

    def __init__(self, span: Span, message: str, help: str = "") -> None:
        super().__init__(span, message, help)
        self.span = span
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.span.path}:{self.span.line}: {self.message}"


class _Unknown(StrictUndefined):
    """A name that is not there; of a definition's fields the nearest one is told."""

    @property
    def _undefined_message(self) -> str:
        raw, name = getattr(self._undefined_obj, "raw", None), self._undefined_name
        fields = getattr(type(raw), "model_fields", None)
        if not isinstance(name, str) or fields is None:
            return super()._undefined_message
        hint = nearest(name, fields)
        return f"'{name}' is no field of {type(raw).__name__}{'; ' if hint else ''}{hint}"


class _Kept(SandboxedEnvironment):
    """Jinja's sandbox, in which a definition has its fields and nothing else."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        fields = getattr(type(obj), "model_fields", None)
        if fields is not None and attr not in fields:
            return isinstance(getattr(type(obj), attr, None), property)
        return super().is_safe_attribute(obj, attr, value)


class _Compiled(BytecodeCache):
    """What this process has compiled of templates: compiling all of ours takes most of a second.

    A worker then compiles once, not for each of its languages, and `serve` not at each change.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what was compiled of this very source, if anything, into the bucket."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = {False: _Compiled(), True: _Compiled()}
"""For templates without and with a sandbox, which are compiled differently."""


def own_folder(overrides: Path, ours: Path) -> Path | None:
    """The folder of a project's own templates; None if it has none, or they are ours."""
    there = overrides.is_dir() and overrides.resolve() != ours.resolve()
    return overrides if there else None


def environment(folders: Sequence[Path], *more: Path, sandbox: bool) -> Environment:
    """Jinja over some folders, the first before the others, with everything escaped.

    `sandbox` where a project has templates of its own: it costs a tenth of the time.
    """
    kind = _Kept if sandbox else Environment
    loader: BaseLoader = FileSystemLoader([str(folder) for folder in (*folders, *more)])
    return kind(
        loader=loader, autoescape=True, undefined=_Unknown, trim_blocks=True,
        lstrip_blocks=True, bytecode_cache=_COMPILED[sandbox], auto_reload=False,
    )  # fmt: skip


def compile_all(folder: Path, but: str) -> None:
    """Compile the templates of a folder, outside of one in it, for who is forked from here.

    One that can't be compiled is told of where it is used.
    """
    ready = environment((folder,), sandbox=False)
    for name in ready.list_templates(extensions=("html",)):
        if not name.startswith(f"{but}/"):
            with suppress(TemplateError):
                ready.get_template(name)


@contextmanager
def faults_located(overrides: Path | None, ours: Path) -> Iterator[None]:
    """Turn what a project's template does wrong into a TemplateFault.

    What goes wrong outside of any is our own fault, and stays as it is.
    """
    try:
        yield
    except TemplateFault:
        raise
    except Exception as error:
        fault = _fault(error, overrides, ours)
        if fault is None:
            raise
        raise fault from error


def _fault(error: Exception, overrides: Path | None, ours: Path) -> TemplateFault | None:
    places = [*_frames(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    own = [place for place in places if overrides and Path(place[0]).is_relative_to(overrides)]
    if not own and not isinstance(error, TemplateError):
        return None
    known = own or [place for place in places if Path(place[0]).is_relative_to(ours)]
    file, line = known[-1] if known else ("", 1)
    said, help = _said(error)
    if own and overrides:
        path = f"{FOLDER}/{Path(file).relative_to(overrides).as_posix()}"
        return TemplateFault(Span(path, line), said, help)
    name = Path(file).relative_to(ours).as_posix() if file else str(getattr(error, "name", ""))
    return TemplateFault(Span(f"{FOLDER}/{name}", line), f"Stepwell's own template: {said}", help)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    """(file, line) of each frame, the innermost last; Jinja has put templates among them."""
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _said(error: Exception) -> tuple[str, str]:
    """What is wrong and what to do, for somebody who writes templates."""
    back = f"compare with Stepwell's own file, or delete this one in {FOLDER}/"
    if isinstance(error, TemplateSyntaxError):
        return f"this is not Jinja: {error.message}", "mend the line; tags are {% … %} and {{ … }}"
    if isinstance(error, TemplateNotFound):
        return f"there is no template '{error.name}'", f"it must lie in {FOLDER}/, or be ours"
    if isinstance(error, SecurityError):
        return f"templates may not do this: {error.message}", "use the names that ours use"
    if isinstance(error, UndefinedError):
        return f"a name is not known here: {error.message}", back
    return f"{type(error).__name__}: {error}", back
