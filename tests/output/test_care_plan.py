"""The shared care plan in a browser: filled, printed, saved, loaded; and words that are copied."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.browser import audited, needs_chromium

pytestmark = [*needs_chromium, pytest.mark.xdist_group("output-pages")]
MIND = "psychiatry-primary-care"
NAME = 'Ana <img src=x onerror="alert(1)"> Example'
LONG = "\n".join(
    f"Line {n}: I come with my sister, and I like to be called Ana." for n in range(60)
)
STORED = "[document.cookie, localStorage.length, sessionStorage.length, location.search].join()"
PROBE = '"><img src=x onerror=document.title=1>'


def opened(tab: Any, address: str, language: str = "en", width: int = 1280, **options: Any) -> Any:
    """A tab with the page of the care plan."""
    page = tab(width, **options)
    page.goto(f"{address}/{language}/{MIND}/care-plan.html")
    return page


def field(page: Any, name: str) -> Any:
    """The field of a name."""
    return page.locator(f'[data-name="{name}"]')


def load(page: Any, content: bytes | str) -> None:
    """Open a file in the page."""
    data = content.encode() if isinstance(content, str) else content
    page.locator("[data-file]").set_input_files(
        [{"name": "any.json", "mimeType": "application/json", "buffer": data}]
    )


def save(page: Any) -> tuple[str, dict[str, Any]]:
    """Save the plan: the name of the file, and what is in it."""
    with page.expect_download() as download:
        page.locator("[data-do=save]").click()
    return download.value.suggested_filename, json.loads(download.value.path().read_text("utf-8"))


def refusal(page: Any) -> str:
    """Why a file was refused, in words; empty if it was not."""
    page.locator("[data-why]:visible, [data-loaded] > div:visible").wait_for()
    return str(page.locator("[data-refusal]").inner_text())


def test_a_plan_is_filled_with_keys_saved_and_loaded(tab: Any, address: str) -> None:
    """All that was typed comes back from the file; nothing is sent, stored or run.

    In Arabic, on a phone.
    """
    page = opened(tab, address, "ar", 360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field(page, "person/for-whom").fill(NAME)
    field(page, "sections/medicines").fill("Lithium 400 mg\nيوميًا")
    field(page, "agreed-more").fill("x" * 4000)
    page.locator("#agreed-2").check()
    goals = page.locator("[data-rows=goals]")
    for number in range(3):  # with the keyboard alone
        goals.locator("[data-part=goal]").last.focus()
        for text in ("goal", "measure", "1 March", "friend"):
            page.keyboard.type(f"{text} {number}")
            page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert goals.locator("[data-add]").evaluate("one => one === document.activeElement")
        page.keyboard.press("Enter")
    page.once("dialog", lambda dialog: dialog.accept())
    goals.locator("[data-remove]").nth(1).press("Enter")
    assert goals.locator("[data-row]").count() == 3
    assert page.evaluate("document.activeElement.value") == "goal 2"
    name, plan = save(page)
    assert re.fullmatch(rf"care-plan-{MIND}-\d{{4}}-\d\d-\d\d\.json", name)
    assert name in page.locator("[data-done]").inner_text()
    assert (plan["schema"], plan["schema_version"]) == ("stepwell-care-plan", 1)
    assert (plan["pathway"], plan["language"]) == (MIND, "ar")
    assert all(plan[key] for key in ("pathway_version", "pathway_digest", "plan_digest", "saved"))
    assert [row["goal"] for row in plan["goals"]] == ["goal 0", "goal 2"]
    page.reload()  # saved: nobody is asked
    assert field(page, "person/for-whom").input_value() == ""
    load(page, json.dumps(plan))
    assert refusal(page) == ""
    assert page.locator("[data-note]:visible").count() == 0
    assert field(page, "person/for-whom").input_value() == NAME
    assert page.locator("#agreed-2").is_checked()
    assert save(page)[1] == plan
    assert audited(page) == []
    page.locator("[data-do=empty]").click()
    assert save(page)[1]["answers"] == []
    assert page.evaluate(STORED) == ",0,0,"
    assert [url for url in asked if not url.startswith(("blob:", address))] == []
    assert not any("?" in url and "v=" not in url for url in asked)


def test_paper_has_all_that_was_typed(tab: Any, address: str) -> None:
    """A long text is whole, and each page says whose it is and whom to call; no button is there."""
    page = opened(tab, address)
    field(page, "person/for-whom").fill("Ana Example")
    field(page, "sections/who-i-am").fill(LONG)
    page.locator("[data-rows=goals] [data-part=measure]").fill("two evenings")
    page.locator("#agreed-1").check()
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [" ".join(one.get_textpage().get_text_range().split()) for one in document]
    text = " ".join(pages)
    assert len(pages) < 8
    assert all(line in text for line in LONG.splitlines())
    assert "two evenings" in text
    assert all("Ana Example" in one and "020 7946 0100" in one for one in pages)
    assert re.search(
        r"Harbour Lane Clinic .* Version 1\.\d\.\d .* Printed on: \w+ \d+, 20\d\d", text
    )
    assert "The clinical board of Harbour Lane Clinic" in text
    page.emulate_media(media="print")
    shown = page.locator("main :is(button, textarea, input[type=text], .sw-table):visible")
    assert shown.count() == 0


def base(**changes: Any) -> dict[str, Any]:
    """A file that is in order, with changes."""
    return {"schema": "stepwell-care-plan", "schema_version": 1, "pathway": MIND} | changes


REFUSED: list[tuple[bytes | str, str]] = [
    (b"x" * 1_000_001, "too large"),
    (b"", "cannot be read"),
    (b"\xff\xfe\x00{", "cannot be read"),
    ("[" * 200_000, "cannot be read"),
    ('{"schema": "stepwell-care-plan"', "cannot be read"),
    ("<html><script>alert(1)</script>", "cannot be read"),
    ("null", "not a shared care plan"),
    ("[]", "not a shared care plan"),
    ('{"schema": "another"}', "not a shared care plan"),
    (json.dumps(base(schema_version=2)), "newer version"),
    (json.dumps(base(schema_version="1")), "schema_version"),
    (json.dumps(base(schema_version=1.5)), "schema_version"),
    (json.dumps(base(pathway=PROBE)), f"another pathway: {PROBE}"),
    (json.dumps(base(pathway="$&$1")), "another pathway: $&$1"),
    (json.dumps(base(pathway=["x"])), "pathway"),
    (json.dumps(base(answers={"x": 1})), "does not fit: answers"),
    (json.dumps(base(answers=["x"])), "does not fit: answers"),
    (json.dumps(base(answers=[{"id": "a", "answer": {"x": 1}}])), "does not fit: a"),
    (json.dumps(base(answers=[{"id": "a", "answer": "x" * 4001}])), "does not fit: a"),
    (json.dumps(base(answers=[{"id": "a", "answer": "x"}] * 2)), "does not fit: a"),
    (json.dumps(base(goals=[{"goal": 3}])), "does not fit: goals: goal"),
    (json.dumps(base(goals=[{}] * 201)), "does not fit: goals"),
    (json.dumps(base(strange="x" * 4001)), "does not fit: strange"),
]


def test_a_file_that_is_not_right_changes_nothing(tab: Any, address: str) -> None:
    """Broken, foreign, newer, too large, tampered with: a sentence says what is wrong."""
    page = opened(tab, address)
    field(page, "preferences").fill("mine")
    for content, said in REFUSED:
        load(page, content)
        words = refusal(page)
        assert said in words, content[:80]
        assert "Nothing on this page was changed." in words
        assert page.locator("[data-why]:visible").count() == 1
        assert field(page, "preferences").input_value() == "mine"


def test_what_has_no_place_is_listed_and_kept(tab: Any, address: str) -> None:
    """A file of another version loads with notes; its values are text, whatever they hold."""
    page = opened(tab, address)
    answers = [
        {"id": "preferences", "asked": "Preferences", "answer": PROBE},
        {"id": "agreed/000000000000", "asked": "If it snows, we call.", "answer": True},
        {"id": "sections/gone", "asked": PROBE, "answer": "kept", "colour": 7},
        {"id": "__proto__", "asked": "constructor", "answer": "kept too"},
    ]
    given = base(
        pathway_version="0.9.0", language="uk", saved="2024-02-30x", answers=answers,
        goals=[{"goal": PROBE, "mood": [1, {"a": 2}]}], __proto__="polluted",
    )  # fmt: skip
    load(page, json.dumps(given))
    assert refusal(page) == ""
    told = page.locator("[data-loaded]").inner_text()
    assert "version 0.9.0" in told
    assert "Ukrainian" in told
    assert "2024-02-30x" in told
    listed = page.locator("[data-strange] li").all_inner_texts()
    assert len(listed) == 6
    assert any("If it snows" in one for one in listed)
    assert field(page, "preferences").input_value() == PROBE
    _, plan = save(page)
    kept = {(row["asked"], row["answer"]) for row in plan["other"]}
    assert {("sections/gone: colour", "7"), ("goals: mood", '[1,{"a":2}]')} <= kept
    assert {("__proto__", "polluted"), ("constructor", "kept too"), (PROBE, "kept")} <= kept
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("({}).polluted === undefined")
    load(page, json.dumps(plan))  # and once more: nothing is lost, nothing doubled
    page.locator("[data-note=other]").wait_for(state="hidden")
    assert save(page)[1]["other"] == plan["other"]


def test_nobody_loses_what_is_not_saved(tab: Any, address: str) -> None:
    """Leaving asks, opening another plan asks; whoever says no keeps what was typed."""
    page = opened(tab, address)
    said: list[str] = []

    def refuse(dialog: Any) -> None:
        said.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", refuse)
    field(page, "preferences").click()
    page.keyboard.type("mine")
    load(page, json.dumps(base(answers=[{"id": "preferences", "answer": "theirs"}])))
    page.wait_for_timeout(100)
    page.locator("[data-do=empty]").click()
    page.close(run_before_unload=True)
    page.wait_for_timeout(100)
    assert said == ["confirm", "confirm", "beforeunload"]
    assert field(page, "preferences").input_value() == "mine"


def test_without_scripts_the_plan_can_be_read_and_filled_as_pdf(tab: Any, address: str) -> None:
    """Then there is no field that does nothing, and the PDF form is named."""
    page = opened(tab, address, width=360, java_script_enabled=False)
    assert page.locator(".sw-plan :is(input, textarea, button):visible").count() == 0
    assert page.locator(".sw-plan__ticks li:visible").count() > 3
    link = page.locator("noscript a")
    assert link.is_visible()
    assert link.get_attribute("href").endswith("form-care-plan.pdf")


def test_words_are_copied_with_their_gaps(tab: Any, address: str) -> None:
    """What lies in the clipboard is the text with its gaps; it is said that it was copied."""
    page = tab(360, permissions=["clipboard-read", "clipboard-write"])
    for kind in ("communication", "documentation", "referral"):
        page.goto(f"{address}/ar/{MIND}/{kind}.html")
        button = page.locator("[data-copy]").first
        button.press("Enter")
        told = page.locator(".sw-copy").first.locator("[role=status]")
        told.filter(has_text=re.compile(r"\S")).wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        words = page.locator(f"#{button.get_attribute('data-copy')}")
        assert len(re.findall(r"\[[^\]]+\]", text)) == words.locator("mark").count() > 2
        assert told.inner_text() == told.get_attribute("data-copied")


def test_where_a_page_may_not_copy_the_words_are_selected(tab: Any, address: str) -> None:
    """Over plain HTTP there is no clipboard: folded words open, are selected, and this is said."""
    page = tab()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{address}/en/{MIND}/documentation.html")
    page.locator("[data-copy]").click()
    assert "Reason and level: [Why this contact" in page.evaluate("String(getSelection())")
    assert "selected" in page.locator(".sw-copy [role=status]").inner_text()


def test_each_printed_form_is_named_where_it_is_spoken_of(site: Path) -> None:
    """The pages of clinicians link to what they speak of on paper, and each link is a file."""
    wanted = {
        "referral": "letter-", "care-plan": "form-care-plan", "meetings": "meeting-",
        "documentation": "form-note", "organisation": "form-readiness", "assessment": "form-note",
        "monitoring": "calendar-", "communication": "pocket-guide", "criteria": "poster",
        "red-flags": "cards", "waits": "leaflet-while-you-wait",
    }  # fmt: skip
    found = 0
    for kind, name in wanted.items():
        for page in (site / "en").glob(f"*/{kind}.html"):
            links = re.findall(r'href="([^"]+\.pdf)"', page.read_text("utf-8"))
            assert all((page.parent / link).resolve().is_file() for link in links)
            found += any(f"/{name}" in link for link in links)
    assert found >= len(wanted)


def test_criteria_stand_beside_their_proof(site: Path) -> None:
    """A row of the table for each step, how many statements were proved, and the way to them."""
    for language, steps in (("en", 4), ("ar", 4)):
        html = (site / language / MIND / "criteria.html").read_text("utf-8")
        assert html.count('<td class="sw-entry">') == steps
        assert 'href="about.html#proof"' in html
        tested, held, *waived = map(int, re.findall(r"<bdi[^>]*>(\d+)</bdi>", proof_of(html)))
        assert tested == held + sum(waived) > 10


def proof_of(html: str) -> str:
    """What a page says of the proof."""
    return html.partition('id="proof"')[2].partition("</div>")[0]
