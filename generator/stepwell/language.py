"""What is known of languages: tags, English names, plural forms. Owns Babel's tables of them.

How a language writes numbers, dates and lists is in `resolve.words`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.messages.plurals import get_plural


class UnknownLanguage(Exception):
    """A tag that names no known language; the text has those that are near."""


def normalised(tag: str, known: Iterable[str] = ()) -> str:
    """The tag of a language in its usual form: `ZH_hans` and `zh-CN` become `zh`.

    A script that goes without saying is left away, and a region too if the tag
    is then one of `known`. Raises UnknownLanguage.
    """
    try:
        locale = Locale.parse(tag.strip().replace("_", "-"), sep="-")
    except (ValueError, TypeError, UnknownLocaleError):
        raise UnknownLanguage(f"there is no language '{tag[:40]}'{_near(tag[:40])}") from None
    language, likely = str(locale.language), _likely(str(locale.language))
    region = locale.territory if locale.territory and _typed(tag, locale.territory) else None
    script = locale.script or _likely("_".join(filter(None, (language, region))))[1]
    shown = None if script == likely[1] else script
    parts = [part for part in (language, shown) if part]
    if region and not ("-".join(parts) in known and region == likely[2]):
        parts.append(region)
    return "-".join(parts)


def name(tag: str) -> str:
    """The name of a language in English."""
    return Locale.parse(tag, sep="-").get_display_name("en") or tag


def script(tag: str) -> str:
    """The English name of the script that a language is written in."""
    locale = Locale.parse(tag, sep="-")
    code = locale.script or _likely(tag.replace("-", "_"))[1]
    return str(Locale("en").scripts.get(code, code))


def locale_of(tag: str) -> str:
    """A language with a region, as social networks name it: `en_GB`, for `en` likely `en_US`."""
    language, _, region = tag.partition("-")
    likely = _likely(tag.replace("-", "_"))[2] or _likely(language)[2]
    found = region[-2:].upper() if region[-2:].isalpha() and len(region) in (2, 7) else likely
    return f"{language}_{found}" if found else language


def plural_forms(tag: str) -> str:
    """The field `Plural-Forms` of a PO file."""
    return f"{get_plural(tag.replace('-', '_'))}"


@lru_cache(maxsize=256)
def _likely(tag: str) -> tuple[str, str, str]:
    """(language, script, region) that a tag most likely means; empty where not known."""
    table = get_global("likely_subtags")
    found = table.get(tag) or table.get(tag.partition("_")[0], "")
    language, script, region = (*found.split("_"), "", "")[:3]
    return language, script, region


def _typed(tag: str, territory: str) -> bool:
    """Whether a region was typed, and not put in for an old tag."""
    return territory.lower() in tag.lower().replace("_", "-").split("-")[1:]


def _near(tag: str) -> str:
    """Languages whose tags or English names are like a word."""
    by_name = {str(said).lower(): code for code, said in Locale("en").languages.items()}
    tags = {one for one in locale_identifiers() if "_" not in one}
    word = tag.strip().lower()
    close = [by_name[name] for name in difflib.get_close_matches(word, by_name, n=3)]
    close += difflib.get_close_matches(word.partition("-")[0], sorted(tags), n=3)
    found = [f"'{one}' ({name(one)})" for one in dict.fromkeys(close) if one in tags]
    return f"; did you mean {' or '.join(found)}?" if found else ""
