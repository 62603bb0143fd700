"""Stage one: read YAML and catalogs into definitions, or diagnostics that say why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from stepwell.definitions.base import Definition
from stepwell.definitions.cases import FILES, Cases
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.pictures import Picture
from stepwell.definitions.project import Catalog, Definitions
from stepwell.definitions.resources import Resources
from stepwell.definitions.site import Site
from stepwell.definitions.vocabulary import Vocabulary
from stepwell.diagnostics import Diagnostics
from stepwell.load import catalogs, files
from stepwell.load.decode import decode, name_texts
from stepwell.load.merge import merge
from stepwell.load.nodes import parse
from stepwell.load.pictures import picture
from stepwell.load.scripts import script
from stepwell.source import Mapping, SourceFile

D = TypeVar("D", bound=Definition)
SHARED_FOLDERS = ("vocabulary", "resources", "assets", catalogs.FOLDER)


class _Reader:
    """Reads the files of one project and remembers them for messages."""

    def __init__(
        self, root: Path, content: str, diagnostics: Diagnostics, files: dict[str, SourceFile]
    ) -> None:
        self.root = root
        self.content = content
        self.diagnostics = diagnostics
        self.files = files

    def mapping(self, path: str) -> Mapping | None:
        """The mapping in one file; None with a diagnostic if there is none."""
        source = files.read(self.root, path, self.diagnostics)
        if source is None:
            return None
        self.files[path] = source
        node = parse(source, self.diagnostics)
        if node is not None and not isinstance(node, Mapping):
            message = "this file must be a mapping (lines 'key: value')"
            self.diagnostics.add("SW118", node.span, message)
            return None
        return node

    def one(self, path: str, kind: type[D]) -> D | None:
        """The definition in one file."""
        node = self.mapping(f"{self.content}/{path}")
        return decode(node, kind, self.diagnostics) if node is not None else None

    def folder(self, folder: str, kind: type[D]) -> D | None:
        """The definition that all YAML files of a folder make together."""
        top = f"{self.content}/{folder}"
        return self.together(sorted(files.listing(self.root, top, self.diagnostics)), kind)

    def pathway(self, name: str) -> tuple[Pathway | None, Cases | None]:
        """The pathway in a folder and its worked cases; None for what isn't there or can't be."""
        parts, cases = self.files_of(name)
        found = self.together(cases, Cases)
        return self.together(parts, Pathway), (found or Cases()) if cases else None

    def files_of(self, name: str) -> tuple[list[str], list[str]]:
        """(the files of a pathway, those of its cases) in a folder, the main one first."""
        top = f"{self.content}/{name}"
        paths = files.listing(self.root, top, self.diagnostics)
        worked = {path for path in paths if FILES.fullmatch(path.removeprefix(f"{top}/"))}
        cases = sorted(worked, key=lambda path: (path != f"{top}/cases.yaml", path))
        parts = sorted(set(paths) - worked, key=lambda path: (path != f"{top}/pathway.yaml", path))
        return parts, cases

    def shared(self) -> Definitions | None:
        """Clinic, vocabulary and resources, with their texts named; None if one can't be read."""
        site = self.one("site.yaml", Site)
        vocabulary = self.folder("vocabulary", Vocabulary)
        resources = self.folder("resources", Resources) or Resources()
        if vocabulary is None and not self.diagnostics.failed:
            files.read(self.root, f"{self.content}/vocabulary/roles.yaml", self.diagnostics)
        if site is None or vocabulary is None:
            return None
        read = Definitions(
            site, vocabulary, resources, {}, {}, {}, self.files, logo=self.logo(site),
            analytics=self.analytics(site),
        )  # fmt: skip
        for context, definition in read.shared():
            name_texts(definition, context)
        return read

    def logo(self, site: Site) -> Picture | None:
        """The clinic's logo, if it names one that can be used."""
        path = site.look.logo
        return picture(self.root, path, self.content, self.diagnostics) if path else None

    def analytics(self, site: Site) -> bytes | None:
        """The script with which the clinic counts readers, if it names one that can be read."""
        path = site.analytics.script if site.analytics else None
        return script(self.root, path, self.content, self.diagnostics) if path else None

    def together(self, paths: list[str], kind: type[D]) -> D | None:
        """The definition that some files make together."""
        parts = [self.mapping(path) for path in paths]
        if not parts or None in parts:
            return None
        node = merge([part for part in parts if part is not None], self.diagnostics)
        return decode(node, kind, self.diagnostics) if node is not None else None


def load(
    root: Path, content: str, diagnostics: Diagnostics, sources: dict[str, SourceFile]
) -> Definitions | None:
    """Everything that is written below root/content, or None if the clinic itself can't be read.

    Every file that was read is put into `sources`, for messages. A pathway that
    can't be read is left out, with its diagnostics; the rest is still returned,
    so that all problems of a run are reported together.
    """
    reader = _Reader(root, content, diagnostics, sources)
    read = reader.shared()
    pathways, cases = _pathways(reader)
    if read is None:
        return None
    return replace(read, pathways=pathways, cases=cases, catalogs=_catalogs(reader, read.site))


def load_shared(
    root: Path, content: str, diagnostics: Diagnostics, sources: dict[str, SourceFile]
) -> Definitions | None:
    """The same without pathways and catalogs, for work on one pathway after another."""
    return _Reader(root, content, diagnostics, sources).shared()


def load_pathway(
    root: Path, content: str, name: str, diagnostics: Diagnostics, sources: dict[str, SourceFile]
) -> Pathway | None:
    """The pathway in a folder, its cases left unread; None if it can't be read."""
    reader = _Reader(root, content, diagnostics, sources)
    found = reader.together(reader.files_of(name)[0], Pathway)
    if found is not None:
        name_texts(found, name)
    return found


def names(root: Path, content: str) -> list[str]:
    """The folders that pathways are in."""
    return [name for name in files.folders(root, content) if name not in SHARED_FOLDERS]


def _pathways(reader: _Reader) -> tuple[dict[str, Pathway], dict[str, Cases]]:
    pathways: dict[str, Pathway] = {}
    cases: dict[str, Cases] = {}
    for name in names(reader.root, reader.content):
        pathway, worked = reader.pathway(name)
        if pathway is not None:
            name_texts(pathway, name)
            pathways[name] = pathway
        if worked is not None:
            cases[name] = worked
    return pathways, cases


def _catalogs(reader: _Reader, site: Site) -> dict[str, Catalog]:
    folder = f"{reader.content}/{catalogs.FOLDER}"
    translated = [tag for tag in site.languages.published if tag != site.languages.source]
    return {
        str(tag): catalogs.catalog(reader.root, folder, str(tag), reader.diagnostics)
        for tag in translated
    }
