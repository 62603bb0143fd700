"""The interface words of the website's theme: their names and their English.

The words are translated with the rest of the project and come back in
`Website.words`. A word that a language lacks is taken from mkdocs-material's own
translations where it has one; English is the last resort, and is reported,
because a silent English word on a page in another language is a fault.
The templates that use the words are in `templates/theme/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

THEME_WORDS: tuple[tuple[str, str], ...] = (
    ("skip", "Skip to the main text"),
    ("crisis", "Help in a crisis"),
    ("home", "Home"),
    ("menu", "Menu"),
    ("nav", "Pages"),
    ("breadcrumbs", "Where you are"),
    ("close", "Close"),
    ("toc", "On this page"),
    ("previous", "Previous page"),
    ("next", "Next page"),
    ("page-turn", "Previous and next page"),
    ("language", "Language"),
    ("language-home", "home page"),
    ("language-notice", "not available"),
    ("dark", "Dark colours"),
    ("light", "Light colours"),
    ("contrast", "High contrast"),
    ("table", "Table: scroll sideways to see all columns"),
    ("search", "Search"),
    ("search-placeholder", "Search this site"),
    ("search-help", "Type a word. Use the arrow keys to go through the results."),
    ("search-none", "Nothing found for: {query}"),
    ("search-count", "Results: {count}"),
    ("search-more", "Show more results"),
    ("search-for", "Show"),
    ("search-all", "All pages"),
    ("search-narrow", "Narrow the search"),
    ("search-pathway", "Pathway"),
    ("search-topic", "About what?"),
    ("search-any", "Any"),
    ("foot", "More about this site"),
    ("search-failed", "The search did not work. Please use the menu."),
    ("search-offline", "The search works on the published website. Please use the menu instead."),
    ("audience-patient", "For patients"),
    ("audience-family", "For families"),
    ("audience-clinician", "For clinicians"),
    ("audience-lead", "For service leads"),
    ("audience-everybody", "For everybody"),
    ("not-found", "We could not find this page"),
    (
        "not-found-help",
        "The address may have changed. Use the menu or the search, or begin on the home page.",
    ),
    ("offline", "Without a connection"),
    ("offline-title", "You are offline"),
    ("offline-copy", "You are offline. This copy is from {date}."),
    ("offline-late", "The site does not answer. This copy is from {date}."),
    ("offline-missing", "This page is not saved on this device."),
    ("offline-help", "Try again when you have a connection."),
    ("offline-again", "Try again"),
    ("offline-saved", "Pages that are saved on this device"),
    (
        "offline-search",
        "You are offline, and the search is not saved on this device. Please use the menu.",
    ),
)

MATERIAL_WORDS: dict[str, str] = {
    "skip": "action.skip",
    "nav": "nav",
    "toc": "toc",
    "previous": "footer.previous",
    "next": "footer.next",
    "language": "select.language",
    "search": "search",
    "search-placeholder": "search.placeholder",
}
"""Theme word to mkdocs-material's name for the same word."""


def choose_words(
    given: Iterable[tuple[str, str]],
    language: str,
    material: Callable[[str], str | None],
) -> tuple[dict[str, str], list[str]]:
    """All words that the theme needs, and a warning for each that stayed English.

    `given` are the website's own words; `material` looks up a word of mkdocs-material
    in the website's language, or gives None. Words that the theme does not know are kept.
    """
    own = dict(given)
    words: dict[str, str] = {}
    warnings: list[str] = []
    is_english = language.partition("-")[0] == "en"
    for name, english in THEME_WORDS:
        word = own.get(name) or (None if is_english else _from_material(name, material))
        if not word and not is_english:
            warnings.append(f"the theme's word '{name}' has no translation in '{language}'")
        words[name] = word or english
    return own | words, warnings


def _from_material(name: str, material: Callable[[str], str | None]) -> str | None:
    return material(MATERIAL_WORDS[name]) if name in MATERIAL_WORDS else None
