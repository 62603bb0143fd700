"""The clinic's logo as a file of the website. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stepwell.model import Data, Logo
from stepwell.resolve import Resolved
from stepwell.source import lines_of

HEIGHT = 48  # CSS pixels; on pages it is as high as two lines


def logo(resolved: Resolved, languages: Sequence[str]) -> Iterator[Data]:
    """The file, where the clinic has a logo; it is for all languages."""
    file, picture = logo_file(resolved), resolved.definitions.logo
    if file and picture:
        site = resolved.definitions.site
        place = lines_of([site.look.place("logo")])
        yield Data(file.path, str(site.name), languages[0], "everybody", "", place, picture.content)


def logo_file(resolved: Resolved) -> Logo | None:
    """Where the logo lies on the website, and how large it is shown at most."""
    picture = resolved.definitions.logo
    if picture is None:
        return None
    width, height = picture.fitted(HEIGHT * 4, HEIGHT)
    return Logo(f"assets/images/logo.{picture.kind}", width, height)
