"""Diagnostics as text for people, JSON for tools, and annotations for a code host."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping

from stepwell.codes import CODES
from stepwell.diagnostics import Diagnostic
from stepwell.source import SourceFile, Span

Files = Mapping[str, SourceFile]
MAX_WIDTH = 100


def as_text(diagnostics: Iterable[Diagnostic], files: Files) -> str:
    """Each problem with its source line, a caret, the remedy and related places."""
    return "\n".join(_one(found, files) for found in diagnostics)


def _one(found: Diagnostic, files: Files) -> str:
    place = f"{found.span}: " if found.span.path else ""
    lines = [f"{place}{found.severity}[{found.code}] {found.message}"]
    lines += _excerpt(found.span, files)
    if found.help:
        lines.append(f"  help: {found.help}")
    for span, note in found.related:
        lines.append(f"  {span}: {note}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, files: Files) -> list[str]:
    """The source line, cut around the column, and a caret below it."""
    source = files.get(span.path)
    if source is None or span.line > len(source.lines):
        return []
    line = source.lines[span.line - 1]
    start = max(0, span.column - 1 - MAX_WIDTH // 2)
    shown = line[start : start + MAX_WIDTH].replace("\t", " ")
    before = "".join(_blank(c) for c in shown[: span.column - 1 - start])
    gutter = f"{span.line:>5} | "
    return [f"{gutter}{shown}", f"{' ' * (len(gutter) - 2)}| {before}^"]


def _blank(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    return "  " if unicodedata.east_asian_width(character) in "WF" else " "


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON list of objects: path, line, column, severity, code, slug, message, help, related."""
    rows = [
        {
            "path": found.span.path,
            "line": found.span.line,
            "column": found.span.column,
            "severity": str(found.severity),
            "code": found.code,
            "slug": CODES[found.code].slug,
            "message": found.message,
            "help": found.help,
            "related": [
                {"path": s.path, "line": s.line, "column": s.column, "note": note}
                for s, note in found.related
            ],
        }
        for found in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One workflow command a problem, so that it shows beside the line in a pull request."""
    lines = []
    for found in diagnostics:
        text = found.message + (f" ({found.help})" if found.help else "")
        place = f"file={_property(found.span.path)},line={found.span.line},col={found.span.column}"
        level = {"note": "notice"}.get(str(found.severity), str(found.severity))
        lines.append(f"::{level} {place},title={found.code}::{_data(text)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render(diagnostics: Iterable[Diagnostic], files: Files, format: str) -> str:
    """The diagnostics in a format: text, json or github."""
    if format == "json":
        return as_json(diagnostics)
    return as_github(diagnostics) if format == "github" else as_text(diagnostics, files)
