"""What Pagefind is given: of each page its article, without what surrounds it.

So an article that did not change is not read again because the navigation did. Articles are
held by sections: a folder below the language's, or all pages that lie in none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from stepwell.write.search_characters import apart, by_characters

Articles = Mapping[str, str]
"""Article by the path of its page below the language's folder."""

_BEGINS = re.compile(r"<article\b[^>]*\sdata-pagefind-body\b")
_ENDS = "</article>"
_MARK = "data-pagefind-body"


def sections(site: Path, language: str) -> dict[str, Articles]:
    """The articles of a language that are to be found, by section.

    RuntimeError if there is no page at all.
    """
    pages = sorted(site.rglob("*.html"))
    if not pages:
        raise RuntimeError(f"there are no pages to index in {site.name}/")
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        path = page.relative_to(site).as_posix()
        if (article := _article(page.read_text("utf-8"))) is not None:
            name = path.partition("/")[0] if "/" in path else ""
            found.setdefault(name, {})[path] = (
                apart(article) if by_characters(language) else article
            )
    return dict(sorted(found.items()))


def _article(page: str) -> str | None:
    """The article of a page; the page itself if its theme marks another element."""
    if begun := _BEGINS.search(page):
        return page[begun.start() : page.rindex(_ENDS) + len(_ENDS)]
    return page if _MARK in page else None


def lay_out(articles: Articles, folder: Path, language: str) -> None:
    """Write articles as pages below a folder, at the same paths."""
    for path, article in articles.items():
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f'<!doctype html><html lang="{language}"><body>{article}</body></html>', "utf-8"
        )
