"""Brings the catalogs of interface words up to date with code and templates: `make words`.

Collects every message that code marks (`_n`, `words(...)`, `plural(...)`) and every
`_()` and `plural()` of the templates, and writes generator/stepwell/locales/*.po:
translations of messages that still exist are kept, new ones are empty. Exits with 1 if
a catalog lacks words.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "generator" / "stepwell"
TEMPLATES = ROOT / "templates"
LOCALES = PACKAGE / "locales"
SINGULAR = ("_n", "words", "self", "_")
Message = tuple[str, str | None]

sys.path.insert(0, str(PACKAGE.parent))
from stepwell.write.catalogs import PLURALS  # noqa: E402
from stepwell.write.site_words import THEME_WORDS  # noqa: E402


def messages() -> dict[Message, list[tuple[str, str]]]:
    """(singular, plural or None) -> where it stands."""
    found: dict[Message, list[tuple[str, str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message, line in _in_python(path):
            found.setdefault(message, []).append((path.relative_to(ROOT).as_posix(), str(line)))
    for path in sorted(TEMPLATES.rglob("*.html")):
        for message, line in _in_template(path):
            found.setdefault(message, []).append((path.relative_to(ROOT).as_posix(), str(line)))
    for _, english in THEME_WORDS:
        found.setdefault((english, None), []).append(
            ("generator/stepwell/write/site_words.py", "1")
        )
    return found


def _in_python(path: Path) -> Iterator[tuple[Message, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = _called(node.func)
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            strings = [text for text in texts if isinstance(text, str)]
            if name in SINGULAR and len(strings) == 1 and node.args[0] is not None:
                yield (strings[0], None), node.lineno
            elif name in ("plural", "_n") and len(strings) == 2:
                yield (strings[0], strings[1]), node.lineno


def _called(function: ast.expr) -> str:
    """The name of what is called; for `reading.words()("...")`, words."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute):
        return function.attr
    return _called(function.func) if isinstance(function, ast.Call) else ""


def _in_template(path: Path) -> Iterator[tuple[Message, int]]:
    tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
    for line, function, found in extract_from_ast(tree, ("_", "plural", "say")):
        strings = (found,) if isinstance(found, str) else tuple(found)
        if strings and isinstance(strings[0], str):
            many = strings[1] if function == "plural" else None
            yield (strings[0], many if isinstance(many, str) else None), line


def update(path: Path, wanted: dict[Message, list[tuple[str, str]]]) -> int:
    """Rewrite one catalog; the number of messages it does not translate."""
    old = {(e.msgid, e.msgid_plural or None): e for e in polib.pofile(str(path))}
    catalog = polib.POFile(wrapwidth=100)
    language = path.stem
    catalog.metadata = {
        "Project-Id-Version": "stepwell",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, "nplurals=2; plural=(n != 1);"),
    }
    forms = int(catalog.metadata["Plural-Forms"][9])
    for (one, many), places in sorted(wanted.items(), key=lambda item: item[1]):
        entry = polib.POEntry(msgid=one, occurrences=sorted({(file, "") for file, _ in places}))
        known = old.get((one, many))
        if many is None:
            entry.msgstr = known.msgstr if known else ""
        else:
            entry.msgid_plural = many
            kept = known.msgstr_plural if known else {}
            entry.msgstr_plural = {form: kept.get(form, "") for form in range(forms)}
        catalog.append(entry)
    path.write_text(f"{catalog}\n", encoding="utf-8")
    return len(catalog.untranslated_entries())


def main() -> int:
    """Update every catalog and say what each lacks."""
    wanted = messages()
    lacking = 0
    for path in sorted(LOCALES.glob("*.po")):
        missing = update(path, wanted)
        lacking += missing
        sys.stdout.write(f"{path.stem}: {len(wanted)} messages, {missing} without translation\n")
    return int(lacking > 0)


if __name__ == "__main__":
    raise SystemExit(main())
