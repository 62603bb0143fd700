"""The files that all pages of all languages share: stylesheets, scripts and images.

They are written once, into one folder, from `templates/theme/assets/` and from the
stylesheet of mkdocs-material; of the latter only the rules that pages use are published.
All that every page needs of fonts, colours and styles is one file, `stylesheets/site.css`.
Fonts are written by `webfonts`, colours are made by `site_colors`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from stepwell.write.site_colors import colors_css
from stepwell.write.site_styles import compact, joined, names_in, properties_used, pruned

EXTRA_SITE = "extra-site.css"
"""Styles of a project that are added to ours on every page."""
SITE = "site.css"
"""Fonts, colours and styles of every page."""
CHOOSER = "chooser.css"
"""Fonts, colours and styles of the pages above all languages, which load no other."""
EARLY = "early.js"
"""The script that stands in every page, so that none waits for it."""
_OWN = "stepwell.css"
_NEEDLESS = re.compile(r"^(?:\s*//.*\n|[ \t]*\n)|^[ \t]+", re.MULTILINE)
_PRINTED = ("theme", "site", "partials")


def write_assets(
    assets: Path, templates: Path, *, primary: str, accent: str, overrides: Path | None = None
) -> None:
    """Fill the shared folder `assets` from `templates/theme/assets/`; once for all languages.

    Files of the same name in a project's own folder, `overrides`, take the place of ours.

    `primary` and `accent` are `#rrggbb`, a ValueError otherwise. Call it after
    `write_webfonts` and before `write_website`. Every stylesheet, script and image of the
    theme is published; a script `javascripts/pages/<kind>.js` and a stylesheet
    `stylesheets/pages/<kind>.css` are loaded by the pages of that kind. A script may have
    parts, `<kind>.<part>.js`. What is published has no comments.
    """
    folders = [folder for folder in (templates, overrides) if folder]
    for folder in folders:
        if (folder / "theme" / "assets").is_dir():
            shutil.copytree(folder / "theme" / "assets", assets, dirs_exist_ok=True)
    stylesheets = assets / "stylesheets"
    if overrides and (overrides / EXTRA_SITE).is_file():
        shutil.copyfile(overrides / EXTRA_SITE, stylesheets / EXTRA_SITE)
    own = (stylesheets / _OWN).read_text(encoding="utf-8")
    sheets = joined([
        _material_css(folders, _styles_of(folders, own)), *_faces(assets),
        colors_css(primary, accent), own,
    ])  # fmt: skip
    (stylesheets / _OWN).unlink()
    for path in stylesheets.rglob("*.css"):
        path.write_text(compact(path.read_text(encoding="utf-8")) + "\n", encoding="utf-8")
    (stylesheets / SITE).write_text(sheets + "\n", encoding="utf-8")
    first = stylesheets / CHOOSER
    plain = [*_faces(assets), colors_css(primary, accent), first.read_text(encoding="utf-8")]
    first.write_text(joined(plain) + "\n", encoding="utf-8")
    for path in (assets / "javascripts").rglob("*.js"):
        path.write_text(_shorter(path.read_text(encoding="utf-8")), encoding="utf-8")


def _shorter(script: str) -> str:
    """A script without lines of comment and indents; as it is if a text in it has two lines."""
    if any(line.count("`") % 2 for line in script.splitlines()):
        return script
    return _NEEDLESS.sub("", script)


def _faces(assets: Path) -> Iterator[str]:
    """The rules of the web fonts, as seen from the folder of stylesheets."""
    path = assets / "fonts" / "fonts.css"
    if path.is_file():
        yield path.read_text(encoding="utf-8").replace('url("', 'url("../fonts/')


def _styles_of(folders: list[Path], own: str) -> str:
    """All styles that may ask for a property of mkdocs-material."""
    pages = [path for folder in folders for path in folder.rglob("*.css")]
    return own + "".join(path.read_text(encoding="utf-8") for path in sorted(pages))


@dataclass(frozen=True, slots=True)
class SharedFiles:
    """What a page must know of the shared folder.

    `version` is eight hexadecimal digits that change with any file in it, so that no
    browser shows old styles; `extra` whether there are styles of the project's own;
    `scripts` and `styles` the kinds of page that have files of their own, with the names of
    these in the order in which they are loaded: the parts of a script before the script
    itself. `early` is the script that stands in every page, without the tags around it, and
    `integrity` has the hash of each stylesheet and script by its path in the folder, as the
    attribute of that name wants it.
    """

    version: str
    scripts: Mapping[str, tuple[str, ...]]
    styles: Mapping[str, tuple[str, ...]]
    early: str
    extra: bool = False
    integrity: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, assets: Path) -> SharedFiles:
        """Read the shared folder; FileNotFoundError if `write_assets` has not filled it yet.

        ValueError if the early script (a project may have its own) cannot stand in a page.
        """
        if not (assets / "stylesheets" / SITE).is_file():
            raise FileNotFoundError(f"no shared files in {assets}: call write_assets first")
        early = (assets / "javascripts" / EARLY).read_text(encoding="utf-8")
        if re.search(r"</script|<!--", early, re.IGNORECASE):
            raise ValueError(f"{EARLY} must not contain '</script' or '<!--'")
        return cls(
            _digest(assets),
            _by_kind(assets / "javascripts" / "pages"),
            _by_kind(assets / "stylesheets" / "pages"),
            early,
            (assets / "stylesheets" / EXTRA_SITE).is_file(),
            {path: _hashed("sha384", assets / path) for path in _checked(assets)},
        )

    @property
    def early_hash(self) -> str:
        """What a policy says to allow the early script: `sha256-` and its hash in base 64."""
        return _hash("sha256", self.early.encode())


def _checked(assets: Path) -> Iterator[str]:
    """The stylesheets and scripts, as POSIX paths in the folder."""
    for path in sorted(assets.rglob("*")):
        if path.suffix in (".css", ".js"):
            yield path.relative_to(assets).as_posix()


def _hashed(name: str, path: Path) -> str:
    return _hash(name, path.read_bytes())


def _hash(name: str, content: bytes) -> str:
    digest = hashlib.new(name, content).digest()
    return f"{name}-{base64.b64encode(digest).decode()}"


def _by_kind(folder: Path) -> dict[str, tuple[str, ...]]:
    """Kind of page -> the names of its files, those with a part's name first."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*"), key=lambda path: ("." not in path.stem, path.name)):
        kind = path.name.partition(".")[0]
        found[kind] = (*found.get(kind, ()), path.name)
    return found


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]


def material_templates() -> Path:
    """The templates of the installed mkdocs-material, found without importing it."""
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package mkdocs-material is not installed")
    return Path(spec.origin).parent / "templates"


def _material_css(folders: list[Path], styles: str) -> str:
    """Of its stylesheet what pages use, in a cascade layer, so that each rule of ours is after it.

    The reference to the source map goes, because the map is not published, and so does
    `@charset`, which may only stand first.
    """
    folder = material_templates() / "assets" / "stylesheets"
    (path,) = sorted(folder.glob("main.*.min.css"))
    rules = path.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
    names = names_in(folder / part for folder in folders for part in _PRINTED)
    return f"@layer material{{{pruned(rules, names, properties_used(styles))}}}"
