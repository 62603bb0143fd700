"""The files that all pages of all languages share: stylesheets, scripts and images.

They are written once, into one folder, from `templates/theme/assets/` and from the
stylesheet of mkdocs-material; of the latter nothing else is published. Fonts are
written by `webfonts`, colours are made by `site_colors`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from stepwell.write.site_colors import colors_css

_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/\s*$")


EXTRA_SITE = "extra-site.css"
"""Styles of a project that are added to ours on every page."""


def write_assets(
    assets: Path, templates: Path, *, primary: str, accent: str, overrides: Path | None = None
) -> None:
    """Fill the shared folder `assets` from `templates/theme/assets/`; once for all languages.

    Files of the same name in a project's own folder, `overrides`, take the place of ours.

    `primary` and `accent` are `#rrggbb`, a ValueError otherwise. Call it before
    `write_website`. Every stylesheet, script and image of the theme is published; a
    script `javascripts/pages/<kind>.js` and a stylesheet `stylesheets/pages/<kind>.css`
    are loaded by the pages of that kind. A script may have parts, `<kind>.<part>.js`.
    """
    for folder in (templates, overrides):
        if folder and (folder / "theme" / "assets").is_dir():
            shutil.copytree(folder / "theme" / "assets", assets, dirs_exist_ok=True)
    stylesheets = assets / "stylesheets"
    if overrides and (overrides / EXTRA_SITE).is_file():
        shutil.copyfile(overrides / EXTRA_SITE, stylesheets / EXTRA_SITE)
    (stylesheets / "material.css").write_text(_material_css(), encoding="utf-8")
    colors = colors_css(primary, accent)
    (stylesheets / "colors.css").write_text(colors, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SharedFiles:
    """What a page must know of the shared folder.

    `version` is eight hexadecimal digits that change with any file in it, so that no
    browser shows old styles; `fonts` whether there are web fonts, `extra` whether there
    are styles of the project's own; `scripts` and `styles` the kinds of page
    that have files of their own, with the names of these in the order in which they are
    loaded: the parts of a script before the script itself.
    """

    version: str
    fonts: bool
    scripts: Mapping[str, tuple[str, ...]]
    styles: Mapping[str, tuple[str, ...]]
    extra: bool = False

    @classmethod
    def of(cls, assets: Path) -> SharedFiles:
        """Read the shared folder; FileNotFoundError if `write_assets` has not filled it yet."""
        if not (assets / "stylesheets" / "colors.css").is_file():
            raise FileNotFoundError(f"no shared files in {assets}: call write_assets first")
        return cls(
            _digest(assets),
            (assets / "fonts" / "fonts.css").is_file(),
            _by_kind(assets / "javascripts" / "pages"),
            _by_kind(assets / "stylesheets" / "pages"),
            (assets / "stylesheets" / EXTRA_SITE).is_file(),
        )


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


def _material_css() -> str:
    """Its stylesheet in a cascade layer of its own, so that each rule of ours comes after it.

    The reference to the source map goes, because the map is not published, and so does
    `@charset`, which may only stand first.
    """
    folder = material_templates() / "assets" / "stylesheets"
    (path,) = sorted(folder.glob("main.*.min.css"))
    rules = path.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
    return f"@layer material{{{_SOURCE_MAP.sub('', rules)}}}\n"
