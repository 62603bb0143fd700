"""Terms in pages: which words become links to the glossary, and which are left alone."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from stepwell.render.tooltips import Terms, explained, named
from stepwell.resolve import Resolved
from stepwell.resolve.view import Reading


def reading_of(resolved: Resolved, language: str = "en", page: str = "x.html") -> Reading:
    """A reading of the shared content."""
    return resolved.reading(resolved.edition(language, "patient"), page, "web")


def linked(resolved: Resolved, html: str, language: str = "en") -> list[str]:
    """The words of some HTML that became links, with the ids of their terms."""
    reading = reading_of(resolved, language)
    made = explained(Markup(html), Terms.of(reading), reading)
    assert re.sub(r'<a class="sw-term"[^>]*>(.*?)</a>', r"\1", made) == html
    found = re.findall(r'<a class="sw-term" href="glossary.html#term-([^"]+)">(.*?)</a>', made)
    return [f"{name}: {words}" for name, words in found]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A relapse, then relapse.</p>", ["relapse: relapse"]),
        ("<p>Relapse is not failure.</p>", ["relapse: Relapse"]),
        ("<p>relapses, prerelapse, relapse-free</p>", []),
        ("<p>a re-triage, not a triage</p>", ["re-triage: re-triage", "triage: triage"]),
        ("<p>Somatic Symptom Scale</p>", []),
        ("<p>somatic symptom</p>", ["somatic-symptom: somatic symptom"]),
        ("<p>capacity to consent</p>", ["capacity-to-consent: capacity to consent"]),
        ("<p>capacity to decide</p>", []),
        ("<p>suicide</p>", []),
    ],
)
def test_whole_words_in_one_form_are_terms(
    resolved: Resolved, html: str, expected: list[str]
) -> None:
    """The exact form, once, also at the start of a sentence; no part of a word or name."""
    assert linked(resolved, html) == expected


def test_each_section_explains_a_term_once(resolved: Resolved) -> None:
    """A new heading of the second level begins anew."""
    html = "<p>relapse relapse</p><h2>Two</h2><p>relapse</p><p>relapse</p>"
    assert linked(resolved, html) == ["relapse: relapse"] * 2


@pytest.mark.parametrize(
    "closed",
    [
        "<a href='#'>{}</a>", "<h2 id='x'>{}</h2>", "<h3>{}</h3>", "<button>{}</button>",
        "<label>{}</label>", "<th>{}</th>", "<svg><text>{}</text></svg>",
        '<div class="sw-crisis"><div><p>{}</p></div><p>{}</p></div>',
        '<section class="sw-redflag sw-redflag--compact">{}</section>', '<p lang="en">{}</p>',
        "<template><p>{}</p></template>", '<div hidden>{}</div>', "<blockquote>{}</blockquote>",
        '<footer class="sw-page-end"><p>{}</p></footer>', "<!-- {} -->",
    ],
)  # fmt: skip
def test_links_headings_tools_and_boxes_stay_as_they_are(resolved: Resolved, closed: str) -> None:
    """Nothing inside them becomes a link, and what follows them does."""
    html = closed.replace("{}", "a relapse") + "<br><p>relapse</p>"
    assert linked(resolved, html) == ["relapse: relapse"]


def test_other_scripts_have_their_own_words(resolved: Resolved) -> None:
    """Arabic and Hindi have whole words with their signs; Chinese has no spaces to look for."""
    for language, spaced in (("ar", True), ("hi", True), ("zh", False)):
        reading = reading_of(resolved, language)
        word = reading.find("term", "relapse").plain.plain
        around = "{} {} {}" if spaced else "{}{}{}"
        inside = "x{}x" if spaced else "{}"
        text = f"<p>{around.format('x', word, 'x')}</p>"
        assert linked(resolved, text, language) == [f"relapse: {word}"], language
        if spaced:
            assert linked(resolved, f"<p>{inside.format(word)}</p>", language) == [], language


def test_the_meanings_of_a_page_are_those_of_its_terms(resolved: Resolved) -> None:
    """Also of terms that were linked by a placeholder; their texts belong to the reading."""
    reading = reading_of(resolved)
    html = Markup('<p><a class="sw-term" href="glossary.html#term-relapse">x</a> remission</p>')
    found = explained(html, Terms.of(reading_of(resolved)), reading)
    terms = named(found, reading)
    assert {str(term.id) for term in terms} == {"relapse", "remission"}
    assert all(term.meaning.plain for term in terms)
    assert any("relapse" in context for context, _ in reading.used.texts)
