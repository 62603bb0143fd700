"""XLIFF files, by translate-toolkit, the owner of the format here.

That library is under the GPL, so it is an extra: `pip install stepwell[xliff]`.
What comes from elsewhere is parsed without declarations of types or entities,
whatever encoding the file says it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stepwell.po import Broken, Message

if TYPE_CHECKING:
    from translate.storage.xliff import Xliff1File
    from translate.storage.xliff_common import XliffUnit

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SKELETON = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version='1.2' xmlns='{_NAMESPACE}'>
<file original='stepwell' source-language='en' datatype='plaintext'><body></body></file>
</xliff>"""
_ROOM = "max-length:"
_UNFINISHED = re.compile(r"new|initial|needs-.*")
"""States of a translation that nobody calls finished."""


class NotInstalled(Exception):
    """The extra is not installed; the text says how to mend that."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a file from elsewhere holds: its language, if it says so, and its entries."""

    language: str
    messages: tuple[Message, ...]


def written(messages: Iterable[Message], source_language: str, language: str) -> str:
    """The text of an XLIFF 1.2 file with some entries. Raises NotInstalled.

    A unit has the context as `resname`, the brief as a note, the room as `maxwidth`.
    """
    file: Any = _new_file()
    file.setsourcelanguage(source_language)
    file.settargetlanguage(language)
    seen: dict[str, int] = {}
    for message in messages:
        seen[message.context] = seen.get(message.context, 0) + 1
        unit = file.addsourceunit(message.source, filename="stepwell")
        element = unit.xmlelement
        element.set("id", f"{message.context}#{seen[message.context]}")
        element.set("resname", message.context)
        for flag in message.flags:
            if flag.startswith(_ROOM):
                element.set("maxwidth", flag.removeprefix(_ROOM))
                element.set("size-unit", "char")
        if message.translation:
            unit.target = message.translation
            unit.markfuzzy(message.fuzzy)
        if message.comment:
            unit.addnote(message.comment, origin="developer")
        if message.places:
            unit.addlocation(message.places)
    return bytes(file).decode("utf-8")


def read(text: str) -> Exchanged:
    """The entries of an XLIFF 1 or 2 file. Raises Broken and NotInstalled."""
    _refuse_types(text)
    body = _DECLARATION.sub("", text, count=1).encode("utf-8")
    file: Any = _parsed(body)
    language = file.gettargetlanguage() or ""
    return Exchanged(str(language), tuple(_message(unit) for unit in file.units))


def _message(unit: XliffUnit) -> Message:
    element = unit.xmlelement
    holder = element if element.get("resname") else element.getparent()
    context = element.get("resname") or holder.get("name") or unit.getid() or ""
    target = unit.target_dom
    states = (element.get("state"), target.get("state") if target is not None else None)
    doubt = element.get("approved") == "no" or any(_UNFINISHED.fullmatch(s) for s in states if s)
    source, translation = unit.source or "", unit.target or ""
    name = context.rpartition("#")[0] if "#" in context else context
    return Message(name, str(source), str(translation), doubt, line=element.sourceline or 1)


def _new_file() -> Xliff1File[Any]:
    library = _library()
    unit = type("Unit12", (library.UnitClass,), {"namespace": _NAMESPACE})
    members = {"XMLskeleton": _SKELETON, "namespace": _NAMESPACE, "UnitClass": unit}
    made: Xliff1File[Any] = type("File12", (library,), members)()
    return made


def _library() -> type[Xliff1File[Any]]:
    try:
        from translate.storage.xliff import Xliff1File
    except ImportError:
        raise NotInstalled("XLIFF needs translate-toolkit: pip install 'stepwell[xliff]'") from None
    return Xliff1File


def _parsed(body: bytes) -> Xliff1File[Any]:
    first = _library()
    from translate.storage.xliff2 import Xliff2File

    is_second = re.search(rb"<(?:\w+:)?xliff\b[^>]*\bversion\s*=\s*['\"]2", body[:4096])
    kind: Any = Xliff2File if is_second else first
    try:
        file: Xliff1File[Any] = kind.parsestring(body)
    except SyntaxError as error:  # what the XML library raises
        raise Broken(error.msg or "this is no XML", error.lineno or 1) from error
    except (ValueError, AssertionError, StopIteration, KeyError, AttributeError) as error:
        raise Broken(f"this is no XLIFF file that can be read: {error}", 1) from error
    return file


def _refuse_types(text: str) -> None:
    """Raises Broken for a declaration of types or entities: no translation needs one."""
    found = re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Broken("a file of translations has no DOCTYPE and no ENTITY", line)
