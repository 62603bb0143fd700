"""The finder in a browser: red flags first, it keeps to itself, and everybody can use it."""

from __future__ import annotations

import html.parser
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser import audited, needs_chromium
from tests.conftest import TODAY
from tests.logic.test_prove_pathways import rules_of
from tests.output.test_text import LANGUAGES, WHOLE

from stepwell.definitions.project import Definitions
from stepwell.logic.compiled import comparisons, compiled
from stepwell.logic.rules import RuleSet

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-finder")]
BODY, MIND = "psychosomatic-stepped-care", "psychiatry-primary-care"


@pytest.fixture(scope="module")
def rule_sets(real: Definitions) -> dict[str, RuleSet]:
    """The criteria of the sample pathways."""
    return rules_of(real)


# It has words for everything, and runs by itself.


class Parts(html.parser.HTMLParser):
    """The values of each `data-` attribute of a page, and the data block."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.tests: list[tuple[str, str]] = []
        self.data = ""
        self._inside = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            self.found.setdefault(name, []).append(value or "")
        if "data-test" in given:
            self.tests.append((str(given["data-test"]), str(given["data-holds"])))
        self._inside = "data-rules" in given

    def handle_data(self, data: str) -> None:
        self.data += data if self._inside else ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pathway", [BODY, MIND])
def test_everything_the_criteria_name_has_words(
    rule_sets: dict[str, RuleSet], site: Path, real: Definitions, language: str, pathway: str
) -> None:
    """Each measure can be asked and shown, each place and move told, each comparison read."""
    rules, content = rule_sets[pathway], real.pathways[pathway]
    parts = Parts((site / language / pathway / "finder.html").read_text("utf-8"))
    names = [measure.id for measure in rules.measures()]
    places = [str(tier.id) for tier in content.tiers] + [str(one.id) for one in content.exits]
    steps = [f"move {rung.id} {one.id}" for rung in rules.tiers for one in rung.moves]
    assert set(parts.found["data-field"]) == set(names)
    assert parts.found["data-open"] == names
    assert parts.found["data-answer"] == ["flags", "start", *(f"ask {name}" for name in names)]
    told = set(parts.found["data-outcome"]) - {"open", "stay", "none", "several"}
    assert told == {*steps, *(f"place {place}" for place in places)}
    numbers = range(len(comparisons(rules)))
    assert parts.tests == [(str(n), holds) for n in numbers for holds in ("true", "false")]
    assert parts.found["data-flag"] == [str(flag.id) for flag in content.red_flags]
    lengths = zip(parts.found["data-length"], parts.found["data-plural"], strict=True)
    assert {(unit, "other") for unit in ("days", "weeks", "months", "years")} <= set(lengths)
    assert json.loads(parts.data) == compiled(rules)
    assert not set("<>&") & set(parts.data)


def card(page: Any) -> Any:
    """What is asked or told now, besides the red flags that stay in sight."""
    return page.locator("[data-card]:not(.sw-is-kept):visible")


def fill(field: Any, value: str | None) -> None:
    """Answer a question with a value, or say that it is not known."""
    if field.locator("input[type=radio]").count():
        field.locator(f"input[value='{value or ''}']").check()
        return
    number, _, unit = (value or "").partition(" ")
    field.locator("input").fill(number)
    if unit:
        field.locator("select").select_option(unit)


def go_on(page: Any) -> None:
    """Press the button of the card that leads on."""
    card(page).locator("button:not([type=button])").click()


def begin(page: Any, start: str = "new") -> None:
    """Rule out all red flags, and say where the person stands."""
    page.locator("button[value=none]").click()
    page.locator(f"#start-{start}").check()
    go_on(page)


def answered(page: Any, given: dict[str, str | None]) -> list[str]:
    """Answer whatever is asked until there is a result; the measures in the order asked."""
    asked: list[str] = []
    while card(page).get_attribute("data-card") != "result":
        for field in card(page).locator("[data-field]:visible").all():
            name = field.get_attribute("data-field")
            asked.append(name)
            fill(field, given[name])
        go_on(page)
        assert len(asked) <= len(given)
    return asked


def result(page: Any) -> str:
    """The words of the result."""
    return str(page.locator("[data-card=result]").inner_text())


PERSON: dict[str, str | None] = {
    "other-main-problem": "no", "phq-9": "9", "gad-7": "7", "phq-15": "9", "sss-8": "7",
    "persistence": "6 weeks", "function-loss": "some", "tried-before": "nothing-yet",
    "complex-picture": "no", "response": "none", "in-tier": "6 weeks", "reviews-done": "3",
    "picture-changed": "no", "not-engaging": "no", "wishes-to-stop": "no", "stable-recovery": "no",
    "needs-round-the-clock": "no",
}  # fmt: skip
"""Somebody who enters guided self-help, and moves up from there when it has not helped."""


def opened(page: Any, base: str, language: str = "en") -> list[str]:
    """Open the finder; the requests of the page from then on are added to the list."""
    page.goto(f"{base}/{language}/{BODY}/finder.html", wait_until="networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    return requests


@pytest.mark.parametrize("way", ["served", "offline", "disk"])
def test_nothing_leaves_the_page(tab: Any, address: str, site: Path, way: str) -> None:
    """A whole walk asks for nothing and keeps nothing, also without network and from a disk."""
    page = tab()
    requests = opened(page, site.as_uri() if way == "disk" else address)
    before = page.url
    page.context.set_offline(way == "offline")
    begin(page)
    asked = answered(page, PERSON)
    assert asked[:5] == ["other-main-problem", "phq-9", "gad-7", "phq-15", "sss-8"]
    assert "Guided self-help" in result(page)
    page.locator("[data-change=start]:visible").click()
    page.locator("#start-in-guided-self-help").check()
    go_on(page)
    answered(page, PERSON)
    assert "Step up: Brief structured intervention" in result(page)
    assert requests == []
    assert page.url == before
    assert page.context.cookies() == []
    kept = "[localStorage.length, sessionStorage.length, history.length]"
    assert page.evaluate(kept) == [0, 0, page.evaluate("history.length")]
    if way == "disk":
        page.context.set_offline(False)
        tab.said.clear()  # the browser reports the search, which it does not load from a disk


def test_a_result_says_where_why_and_what_next(tab: Any, address: str) -> None:
    """It names the step, the criteria that held with the answers, its pages and its leaflet."""
    page = tab()
    opened(page, address)
    begin(page)
    answered(page, PERSON)
    told = result(page)
    for words in (
        "Guided self-help", "Why", "Time since the symptoms began: 4 weeks or more",
        "Answer: 6 weeks", "Is there a plan or the intention to end their life? No",
    ):  # fmt: skip
        assert words in told, words
    links = page.locator("[data-card=result] a:visible").evaluate_all(
        "all => all.map(link => link.getAttribute('href'))"
    )
    for target in ("tier-guided-self-help.html", "tier-guided-self-help-clinician.html"):
        assert target in links
    assert "../print/psychosomatic-stepped-care/leaflet-guided-self-help.pdf" in links
    page.locator("[data-card=result] summary:visible").click()
    assert "Step up: Brief structured intervention" in result(page)
    assert page.evaluate("document.activeElement.closest('[data-card]').dataset.card") == "result"
    status = page.locator("[data-finder] [role=status]")
    assert status.inner_text().split() == ["Step", "2", "Guided", "self-help"]


# Red flags.


def test_a_red_flag_shows_at_once(tab: Any, address: str) -> None:
    """Nothing is asked before; a tick shows action, time and phone as an alert, and it stays."""
    page = tab(360)
    opened(page, address)
    assert card(page).get_attribute("data-card") == "flags"
    action = page.get_by_role("alert").filter(has_text="Stay with the person")
    assert not action.locator("div").first.is_visible()
    page.locator("#flag-suicide-plan").check()
    assert action.locator("div").first.is_visible()
    assert "Within 15 minutes" in action.inner_text()
    assert action.locator("a[href='tel:999']").is_visible()
    assert action.locator("a[href='tel:01632960130']").is_visible()
    assert not page.locator("button[value=none]").is_visible()
    page.locator("button[value=some]").click()
    assert action.locator("div").first.is_visible()
    page.locator("#start-new").check()
    go_on(page)
    assert "Emergency care" in result(page)
    assert "A red flag applies. Act on it first." in result(page)
    assert action.locator("div").first.is_visible()
    assert page.locator("[data-flag]:visible").count() == 1


def test_a_red_flag_outside_the_criteria_stays_in_sight(tab: Any, address: str) -> None:
    """Where no criterion knows a red flag, the result still says that it comes first."""
    page = tab()
    opened(page, address)
    page.locator("#flag-serious-disease").check()
    page.locator("button[value=some]").click()
    page.locator("#start-new").check()
    go_on(page)
    answered(page, PERSON)
    assert "Guided self-help" in result(page)
    assert "A red flag applies. Act on it first." in result(page)
    assert page.locator("[data-flag=serious-disease] .sw-redflag").is_visible()
    page.locator("[data-change=flags]:visible").first.click()
    page.locator("#flag-serious-disease").uncheck()
    page.locator("button[value=none]").click()
    assert "A red flag applies" not in result(page)


def test_who_is_not_sure_is_asked_one_by_one(tab: Any, address: str) -> None:
    """Then a finding is a question, a yes shows its red flag, and open ones are not forgotten."""
    page = tab()
    opened(page, address)
    page.locator("button[value=unsure]").click()
    page.locator("#start-new").check()
    go_on(page)
    assert card(page).get_attribute("data-card") == "ask suicidal-plan"
    fill(page.locator("[data-field=suicidal-plan]"), "no")
    go_on(page)
    fill(page.locator("[data-field=danger-to-others]"), "yes")
    go_on(page)
    assert "Emergency care" in result(page)
    assert "Not all red flags have been ruled out." in result(page)
    assert page.locator("[data-flag=harm-to-others] .sw-redflag").is_visible()


def test_enter_never_says_that_no_red_flag_applies(tab: Any, address: str) -> None:
    """On the card of the red flags Enter does nothing: whoever goes on says so with a button."""
    page = tab()
    opened(page, address)
    page.locator("#flag-suicide-plan").focus()
    page.keyboard.press("Enter")
    assert card(page).get_attribute("data-card") == "flags"
    assert not page.locator("[data-answers]").is_visible()


# Asking.


def test_what_is_not_known_is_never_taken_for_no(tab: Any, address: str) -> None:
    """Without an answer that matters there is no result, but the answers that would settle it."""
    page = tab()
    opened(page, address)
    begin(page)
    answered(page, PERSON | {"tried-before": None, "function-loss": None, "sss-8": None})
    assert "This is not settled yet" in result(page)
    assert page.locator("[data-why]").is_hidden()
    missing = page.locator("[data-open]:visible")
    assert "SSS-8" in missing.all_inner_texts()[0]
    shown = page.locator("[data-answer='ask sss-8']").inner_text()
    assert "Not known" in shown
    for name in ("sss-8", "function-loss", "tried-before"):
        again = page.locator(f"[data-card=result] [data-change='ask {name}']:visible")
        if again.count():
            again.click()
            fill(page.locator(f"[data-field={name}]"), PERSON[name])
            go_on(page)
    assert "Guided self-help" in result(page)


def test_a_person_in_a_step_moves_or_stays(tab: Any, address: str) -> None:
    """A review leads to the first move that holds, with who decides by when; else they stay."""
    page = tab()
    opened(page, address)
    begin(page, "in-guided-self-help")
    asked = answered(page, PERSON)
    assert asked[:3] == ["phq-9", "gad-7", "phq-15"]
    assert {"response", "in-tier"} <= set(asked)
    told = result(page)
    for words in (
        "Step up: Brief structured intervention", "Within 1 week", "Care manager",
        "Time in this step: 6 weeks or more", "Answer: 6 weeks",
    ):  # fmt: skip
        assert words in told, words
    page.locator("[data-change='ask in-tier']:visible").click()
    fill(page.locator("[data-field=in-tier]"), "5.5 weeks")
    go_on(page)
    assert "Stay in this step" in result(page)
    assert "5.5 weeks" in page.locator("[data-answer='ask in-tier']").inner_text()


def test_answers_can_be_taken_back(tab: Any, address: str) -> None:
    """Back shows the question before with its answer; a change counts; start again forgets all."""
    page = tab()
    opened(page, address)
    begin(page)
    fill(page.locator("[data-field=other-main-problem]"), "no")
    go_on(page)
    page.locator("[data-do=back]").click()
    assert card(page).get_attribute("data-card") == "ask other-main-problem"
    assert page.locator("#ask-other-main-problem-no").is_checked()
    fill(page.locator("[data-field=other-main-problem]"), "yes")
    go_on(page)
    assert "Another service first" in result(page)
    page.locator("[data-change='ask other-main-problem']:visible").click()
    fill(page.locator("[data-field=other-main-problem]"), "no")
    go_on(page)
    answered(page, PERSON)
    page.locator("[data-do=restart]").click()
    assert card(page).get_attribute("data-card") == "flags"
    assert not page.locator("[data-answers]").is_visible()
    begin(page)
    fill(page.locator("[data-field=other-main-problem]"), "no")
    go_on(page)
    assert page.locator("#typed-phq-9").input_value() == ""


@pytest.mark.parametrize("bad", ["28", "-1", "7.5", "many"])
def test_an_impossible_value_is_refused_at_its_field(tab: Any, address: str, bad: str) -> None:
    """The field says which values it takes, is marked as wrong, and has the focus."""
    page = tab()
    opened(page, address)
    begin(page)
    fill(page.locator("[data-field=other-main-problem]"), "no")
    go_on(page)
    for name in ("phq-9", "gad-7"):
        page.locator(f"#typed-{name}").fill("5" if name == "gad-7" else bad)
    page.keyboard.press("Enter")
    field = page.locator("#typed-phq-9")
    assert page.evaluate("document.activeElement.id") == "typed-phq-9"
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == "hint-phq-9 error-ask-phq-9"
    assert "Possible values: from 0 to 27." in page.locator("#error-ask-phq-9").inner_text()
    assert not page.locator("#error-ask-gad-7").is_visible()
    field.fill("27")
    page.keyboard.press("Enter")
    assert "phq-9" not in card(page).locator("[data-field]:visible").evaluate_all(
        "all => all.map(one => one.dataset.field)"
    )


def test_a_question_without_a_choice_asks_for_one(tab: Any, address: str) -> None:
    """Going on without an answer names the fault; it is not taken for an answer."""
    page = tab()
    opened(page, address)
    page.locator("button[value=none]").click()
    go_on(page)
    assert page.locator("#error-start").is_visible()
    page.locator("#start-new").check()
    go_on(page)
    go_on(page)
    assert page.locator("#error-ask-other-main-problem").is_visible()
    assert page.locator("[data-card='ask other-main-problem'] fieldset").get_attribute(
        "aria-describedby"
    ) == "error-ask-other-main-problem"  # fmt: skip


@pytest.mark.parametrize(
    ("language", "number", "shown"),
    [("ar", "\u0666\u066b\u0665", "6.5"), ("es", "6,5", "6,5"), ("en", "6.5", "6.5")],
)
def test_numbers_can_be_typed_as_people_write_them(
    tab: Any, address: str, language: str, number: str, shown: str
) -> None:
    """Arabic digits and a decimal comma are understood; digits are Latin, and isolated."""
    page = tab(360)
    opened(page, address, language)
    begin(page)
    person = PERSON | {"persistence": f"{number} weeks"}
    answered(page, person)
    answer = page.locator("[data-answer='ask persistence'] [data-shown]")
    assert shown in answer.inner_text()
    assert answer.locator("bdi[dir=ltr]").inner_text() == shown
    assert "place guided-self-help" in page.locator("[data-outcome]:visible").evaluate_all(
        "all => all.map(one => one.dataset.outcome)"
    )


# Everybody can use it.


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until an element that fits a selector has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"the keyboard never comes to {wanted}")


def test_the_keyboard_is_enough(tab: Any, address: str) -> None:
    """From the top of the page to a result with Tab, Space, arrows and Enter; the focus follows."""
    page = tab()
    opened(page, address)
    tab_to(page, "button[value=none]")
    page.keyboard.press("Enter")
    heading = "document.activeElement.matches('h2') && document.activeElement.textContent"
    assert page.evaluate(heading) == "Where does the person stand now?"
    tab_to(page, "#start-new")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for _ in range(20):
        name = card(page).get_attribute("data-card")
        assert page.evaluate(heading) in card(page).locator("h2").all_text_contents()
        if name == "result":
            break
        if name == "scores":
            for field in card(page).locator("[data-field]:visible").all():
                tab_to(page, f"#typed-{field.get_attribute('data-field')}")
                page.keyboard.type(str(PERSON[field.get_attribute("data-field")]))
        elif card(page).locator("input[type=radio]").count():
            tab_to(page, "input[type=radio]")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
        else:
            tab_to(page, "input[type=text]")
            page.keyboard.type("6")
        tab_to(page, "[data-card]:not([hidden]) button:not([type=button])")
        page.keyboard.press("Enter")
    assert card(page).get_attribute("data-card") == "result"
    tab_to(page, "[data-do=print]")


PAIRS = [("en", 360, "light"), ("en", 1280, "dark"), ("ar", 360, "dark"), ("ar", 1280, "light")]
"""Language, width and colours: each with each other once; the other four are left to the soak."""
LOOKS = [
    pytest.param(*look, marks=[] if look in PAIRS else [pytest.mark.soak])
    for look in itertools.product(("en", "ar"), (360, 1280), ("light", "dark"))
]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_it_is_accessible_at_every_stage(
    tab: Any, address: str, language: str, width: int, scheme: str
) -> None:
    """Start, red flag, questions, errors and result: nothing against WCAG 2.2 at level AA."""
    page = tab(width, color_scheme=scheme)
    opened(page, address, language)
    stages: list[tuple[str, list[str]]] = []

    def look(stage: str) -> None:
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")  # no button is cut by the window
        stages.append((stage, audited(page)))

    look("start")
    page.locator("#flag-suicide-plan").check()
    look("red flag")
    page.locator("button[value=some]").click()
    look("kept")
    page.locator("[data-change=flags]:visible").first.click()
    page.locator("#flag-suicide-plan").uncheck()
    begin(page)
    look("question")
    fill(page.locator("[data-field=other-main-problem]"), "no")
    go_on(page)
    page.locator("#typed-phq-9").fill("99")
    go_on(page)
    look("error")
    answered(page, PERSON)
    page.locator("[data-card=result] summary:visible").click()
    look("result")
    assert [(stage, found) for stage, found in stages if found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_can_be_touched_is_large(tab: Any, address: str) -> None:
    """On a phone every button, choice and field is at least 44 pixels high."""
    page = tab(360)
    opened(page, address)
    sizes = """() => [...document.querySelectorAll(
        "[data-finder] :is(button, .sw-choice, input[type=text], select, summary)")]
        .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 43.9)
        .map(one => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(sizes) == []
    begin(page)
    fill(page.locator("[data-field=other-main-problem]"), "no")
    go_on(page)
    assert page.evaluate(sizes) == []
    answered(page, PERSON)
    assert page.evaluate(sizes) == []


def test_a_heading_is_not_hidden_by_the_crisis_line(tab: Any, address: str) -> None:
    """On a phone the heading of the next question is below the line that stays at the top."""
    page = tab(360, reduced_motion="reduce")
    opened(page, address)
    begin(page)
    heading = card(page).locator("h2").bounding_box()
    banner = page.locator(".sw-banner").bounding_box()
    assert heading["y"] >= banner["y"] + banner["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_on_paper(tab: Any, address: str, real: Definitions, language: str) -> None:
    """It has result, reasons, answers, version, dates, crisis line and lines to write on."""
    page = tab()
    opened(page, address, language)
    begin(page)
    answered(page, PERSON)
    page.emulate_media(media="print")
    told = page.locator("body").inner_text()
    content, site = real.pathways[BODY], real.site
    contact = next(one for one in site.contacts if one.id == site.crisis.contact)
    wanted = ["PHQ-9", content.version, site.emergency.phone, contact.phone, str(TODAY.year)]
    if language == "en":
        wanted += [
            "This page supports clinical judgement and does not replace it.", "Guided self-help",
            "Time since the symptoms began: 4 weeks or more", "Some tasks are harder",
            "None applies", "October 5, 2026", "October 5, 2027", "Name and signature", "Notes",
        ]  # fmt: skip
    assert [words for words in wanted if words not in told] == []
    assert page.locator("[data-today]").inner_text()
    for gone in ("button", ".sw-header", ".sw-nav", ".sw-turn", "[data-card=start]", "noscript"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_without_scripts_it_says_where_to_read(tab: Any, address: str) -> None:
    """It shows no dead form, and links to red flags, criteria and the pages of every step."""
    page = tab(360, java_script_enabled=False)
    page.goto(f"{address}/en/{BODY}/finder.html")
    told = page.locator("#sw-main").inner_text()
    assert "scripts are switched off" in told
    assert not page.locator("[data-finder]").is_visible()
    shown = page.locator("article a:visible").all_inner_texts()
    assert {"Red flags", "Criteria", "Guided self-help", "For clinicians"} <= set(shown)


@pytest.mark.parametrize(
    "page_name", ["index", "criteria", "tier-self-care", "tier-self-care-clinician"]
)
def test_other_pages_lead_to_it(site: Path, page_name: str) -> None:
    """The overview, the criteria and the pages of the steps link to the finder."""
    clinical = page_name == "criteria" or page_name.endswith("-clinician")
    for language in WHOLE if clinical else LANGUAGES:
        html_ = (site / language / BODY / f"{page_name}.html").read_text("utf-8")
        article = re.sub(r"<nav.*?</nav>", "", html_, flags=re.DOTALL)
        assert 'href="finder.html"' in article
