"""What a part of the outputs is made from, as hashes: where they are the same, it is the same.

What a file belongs to is told by its path: `pathways/<pathway>/` is read for that pathway,
translations for their language and what they translate, and everything else for all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from stepwell import __version__
from stepwell.definitions.project import Catalog, Definitions
from stepwell.model import Ask

LIBRARIES = ("babel", "jinja2", "markupsafe", "mkdocs", "mkdocs-material", "segno")
"""Those whose words and marks stand in pages and documents."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The hash of what all parts are made from, and (of what, language, hash) of the rest.

    A pathway's files have no language; translations of what pathways share no pathway. `tools`
    is the hash of what is no content: our code, templates, libraries.
    """

    tools: str
    common: str
    apart: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(
        cls, definitions: Definitions, content: str, folders: Iterable[Path], asked: Iterable[str]
    ) -> Inputs:
        """The inputs of definitions that were read below the folder `content`.

        `folders` hold templates, and `asked` is what else a build depends on.
        """
        owned: dict[str, list[str]] = {name: [] for name in definitions.pathways}
        libraries = (f"{name} {version(name)}" for name in LIBRARIES)
        tools = _hash((__version__, *libraries, *map(_folder, (Path(__file__).parent, *folders))))
        common = [tools, *asked]
        for path, file in sorted(definitions.files.items()):
            inside = path.removeprefix(f"{content}/").partition("/")[0]
            owned.get(inside, common).extend((path, file.text))
        logo = definitions.logo
        pictures = (f"{logo}{logo.data if logo else None}", repr(definitions.analytics))
        rows = [(name, "", _hash(texts)) for name, texts in owned.items()]
        for language, catalog in definitions.catalogs.items():
            rows += _translations(language, catalog, owned)
        return cls(tools, _hash((*common, *pictures)), tuple(rows))

    def key(self, ask: Ask) -> str:
        """The hash of all that the part of an ask is made from, and of what was asked."""
        rows = (row for row in self.apart if _reads(ask, *row[:2]))
        return _hash((self.common, repr(ask), *(part for row in rows for part in row)))


def _reads(ask: Ask, pathway: str, language: str) -> bool:
    """Whether a part reads these files: shared pages read all, also how far translations are."""
    if not ask.pathway:
        return True
    return pathway in ("", ask.pathway) and language in ("", ask.language)


def _translations(
    language: str, catalog: Catalog, names: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """A row for the translations of each pathway, and one for those of all else."""
    found = {name: hashlib.sha256() for name in ("", *names)}
    for (context, source), entry in catalog.entries.items():
        made = found.get(context.partition("/")[0], found[""])
        for text in (context, source, entry.text, str(entry.stale), str(entry.span), entry.note):
            _add(made, text)
    return ((name, language, made.hexdigest()) for name, made in found.items())


def _folder(folder: Path) -> str:
    """The hash of all files below a folder, but of none that Python compiles itself."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    made = hashlib.sha256()
    for path in files:
        made.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def _hash(texts: Iterable[str]) -> str:
    """A hash of texts, which tells where one ends: `ab`, `c` is not `a`, `bc`."""
    made = hashlib.sha256()
    for text in texts:
        _add(made, text)
    return made.hexdigest()


def _add(made: hashlib._Hash, text: str) -> None:
    encoded = text.encode("utf-8", "surrogatepass")
    made.update(b"%d " % len(encoded) + encoded)
