"""Search in each script: inflected words, words inside a Chinese sentence, what the marks show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser import address, browser, needs_chromium, tab
from tests.searches import index

from stepwell.model import Direction, Page, Website
from stepwell.write.site import write_website
from stepwell.write.site_assets import write_assets

__all__ = ["address", "browser", "tab"]  # fixtures
pytestmark = [*needs_chromium, pytest.mark.xdist_group("site-search")]
TEMPLATES = Path(__file__).parents[2] / "templates"

# Three pages in each language: about sleep, about worry, about a crisis.
TEXTS = {
    "fr": (
        "Mieux dormir. Les douleurs gênent le sommeil\u202f; votre médecin vous aide.",
        "Vos inquiétudes diminuent. Vous attendez deux semaines, puis vous recevez un dépliant.",
        "Appelez la ligne de crise\u202f: quelqu’un répond en cas d’urgence.",
    ),
    "uk": (
        "Здоровий сон. Ви спите краще, коли ввечері спокійно. Порадьтеся із сімейним лікарем.",
        "Тривогу можна зменшити. Симптоми слабшають, коли ви відпочиваєте.",
        "Телефонуйте на кризову лінію. Для вас є допомога перекладача, це здоров’я і життя.",
    ),
    "zh": (
        "好的睡眠能帮助您。睡前请不要看手机，家庭医生会告诉您怎样睡得更好。",
        "担忧和焦虑会慢慢减轻。您的个案管理师每周给您打电话。",
        "如果您觉得不安全，请立即拨打危机热线，夜里也有人接听，电话是 020 7946 0100。",
    ),
    "hi": (
        "अच्छी नींद से मदद मिलती है। अपने पारिवारिक डॉक्टर से बात करें।",
        "चिंताएँ कम हो सकती हैं। अपने लक्षणों को लिखें और दवाओं के बारे में पूछें।",
        "संकट हेल्पलाइन पर फ़ोन करें। दुभाषिये की मदद मुफ़्त है, इंतज़ार न करें।",
    ),
}
QUERIES = {
    "fr": (
        ("douleur", 0), ("medecin", 0), ("médecins", 0), ("inquiétude", 1), ("attendre", 1),
        ("dépliants", 1), ("appeler", 2), ("crises", 2),
    ),
    "uk": (
        ("сон", 0), ("спите", 0), ("сімейний лікар", 0), ("тривога", 1), ("симптомів", 1),
        ("кризова лінія", 2), ("телефонувати", 2), ("перекладач", 2), ("здоров'я", 2),
    ),
    "zh": (
        ("睡眠", 0), ("睡得更好", 0), ("家庭医生", 0), ("担忧", 1), ("焦虑", 1),
        ("个案管理师", 1), ("危机热线", 2), ("热线", 2), ("夜里", 2), ("020 7946 0100", 2),
        ("理师每周", 1), ("睡眠 帮助", 0), ("焦虑会减轻", 1),
    ),
    "hi": (
        ("नींद", 0), ("डॉक्टरों", 0), ("चिंता", 1), ("लक्षण", 1), ("दवा", 1), ("दवाएँ", 1),
        ("संकट", 2), ("दुभाषिया", 2), ("इंतजार", 2),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages in four languages, with their indexes."""
    out = tmp_path_factory.mktemp("site")
    write_assets(out / "assets", TEMPLATES, primary="#0f5f6b", accent="#b3541e")
    for language, texts in TEXTS.items():
        write_website(_website(language, texts), out, TEMPLATES, assets=out / "assets")
        index(out, language)
    return out


def _website(language: str, texts: tuple[str, ...]) -> Website:
    direction: Direction = "ltr"
    pages = tuple(
        Page(
            f"{language}/{f'p{number}' if number else 'index'}.html", f"{number}", language,
            "patient", "", (), f"<h1>{number}</h1><p>{text}</p>", "About", (), "tier",
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    return Website(
        language, direction, "Harbour Lane Clinic", "", "About", (), pages, "", "", (),
        ((language, language, direction),), "#0f5f6b", "#b3541e",
    )  # fmt: skip


@pytest.mark.parametrize("language", QUERIES)
def test_every_query_finds_its_page(tab: Any, address: str, language: str) -> None:
    """Other forms of a word, words without accents, and pieces of a sentence all lead there."""
    page = tab()
    page.goto(f"{address}/{language}/index.html")
    page.keyboard.press("/")
    for query, number in QUERIES[language]:
        page.locator("#sw-search-query").fill("")
        page.locator(".sw-search__results a").first.wait_for(state="detached")
        page.locator("#sw-search-query").fill(query)
        page.locator(".sw-search__results strong").first.wait_for()
        titles = page.locator(".sw-search__results strong").all_text_contents()
        assert titles == [str(number)], query


def test_marks_stand_on_what_was_searched_and_no_sentence_end_leads(tab: Any, address: str) -> None:
    """In Chinese the excerpt marks the words, and does not begin with a full stop."""
    page = tab()
    page.goto(f"{address}/zh/index.html")
    page.keyboard.press("/")
    page.locator("#sw-search-query").fill("危机热线")
    page.locator(".sw-search__results mark").first.wait_for()
    marks = page.locator(".sw-search__results mark").all_text_contents()
    assert marks == ["危机热线"]
    excerpt = page.locator(".sw-search__results span").text_content()
    assert excerpt.strip()[0] not in "，。、；：？！"
