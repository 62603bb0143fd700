"""Units beside a number, by one name in every script: symbols, and words of time.

A unit is named as in the source language of most content: `mg`, `weeks`, `%`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stepwell.check.translations.letters import BEGINS, ENDS, WORD

_SYMBOLS = {
    "mmol/L": "mmol/l mmol/L ммоль/л مليمول/لتر ملمول/لتر मिमोल/ली 毫摩尔/升",
    "mmol/mol": "mmol/mol ммоль/моль ملمول/مول 毫摩尔/摩尔",
    "µmol/L": "µmol/l µmol/L μmol/l μmol/L мкмоль/л 微摩尔/升",
    "mmHg": "mmHg mm\xa0Hg мм\xa0рт.\xa0ст. ملم\xa0زئبق 毫米汞柱",
    "mg/day": "mg/day mg/día mg/jour mg/j мг/добу мг/день ملغ/يوم 毫克/天 毫克/日 मिग्रा/दिन",
    "bpm": "bpm",
    "kg/m²": "kg/m² kg/m2 кг/м² كغ/م² 千克/平方米 公斤/平方米 किग्रा/मी²",
    "mg": "mg мг ملغ ملغم مجم مغ mg मि.ग्रा. मिग्रा मिलीग्राम 毫克",
    "µg": "µg μg mcg ug мкг مكغ ميكروغرام माइक्रोग्राम 微克",
    "g": "g gr г غ غم غرام غراماً ग्राम 克",
    "kg": "kg кг كغ كغم كلغ كيلوغرام किग्रा कि.ग्रा. किलोग्राम 千克 公斤",
    "ml": "ml mL мл مل ملل ملليلتر मिली मि.ली. मिलीलीटर 毫升",
    "l": "l L л لتر लीटर 升",
    "mm": "mm мм مم ملم मिमी 毫米",
    "cm": "cm см سم सेमी से.मी. 厘米",
    "m": "m м متر मीटर 米",
    "km": "km км كم किमी 公里 千米",
    "%": "% ٪ ％ percent per\xa0cent por\xa0ciento pour\xa0cent prozent відсоток відсотки відсотка "
    "відсотків процентів في\xa0المئة في\xa0المائة بالمئة بالمائة प्रतिशत फ़ीसदी फीसदी",
    "°C": "°C ℃ 摄氏度 °С",
}
_TIMES = {
    "en": {"minutes": "min minute", "hours": "h hr hrs hour", "days": "day", "weeks": "week",
           "months": "month", "years": "year"},
    "es": {"minutes": "min minuto", "hours": "h hora", "days": "día", "weeks": "semana",
           "months": "mes meses", "years": "año"},
    "fr": {"minutes": "min minute", "hours": "h heure", "days": "j jour journée",
           "weeks": "semaine", "months": "mois", "years": "an année"},
    "de": {"minutes": "Min Minute Minuten", "hours": "h Std Stunde Stunden", "days":
           "Tag Tage Tagen", "weeks": "Woche Wochen", "months": "Monat Monate Monaten", "years":
           "Jahr Jahre Jahren"},
    "it": {"minutes": "min minuto minuti", "hours": "h ora ore", "days": "giorno giorni",
           "weeks": "settimana settimane", "months": "mese mesi", "years": "anno anni"},
    "pt": {"minutes": "min minuto", "hours": "h hora", "days": "dia", "weeks": "semana",
           "months": "mês meses", "years": "ano"},
    "uk": {"minutes": "хв хвилин*", "hours": "год годин*", "days": "день дн* доб*",
           "weeks": "тиж тижд* тижн*", "months": "міс місяц*", "years": "рік рок*"},
    "ar": {"minutes": "دقيقة دقيقةً دقائق", "hours": "ساعة ساعةً ساعات", "days": "يوم يوماً أيام",
           "weeks": "أسبوع أسبوعاً أسابيع", "months": "شهر شهراً أشهر شهور",
           "years": "سنة سنوات سنين عام عاماً أعوام"},
    "hi": {"minutes": "मिनट मिनटों", "hours": "घंटा घंटे घंटों घण्टे", "days": "दिन दिनों",
           "weeks": "सप्ताह सप्ताहों हफ़्ता हफ़्ते हफ़्तों हफ्ता हफ्ते हफ्तों", "months": "महीना महीने महीनों माह",
           "years": "साल सालों वर्ष वर्षों बरस"},
    "zh": {"minutes": "分钟", "hours": "小时 个小时 钟头 个钟头", "days": "天 日",
           "weeks": "周 星期 个星期 礼拜 个礼拜", "months": "个月 月", "years": "年 岁 周岁"},
}  # fmt: skip
"""Language -> unit -> its words; a `*` stands for the rest of a word."""
_UNSPACED = frozenset({"zh", "ja", "th"})
_PLURAL_S = frozenset({"en", "es", "fr", "pt"})
_REACH = 24
"""How far before a number its unit is looked for, in letters."""


def is_time(unit: str | None) -> bool:
    """Whether a unit is one of time, which a language may say in other words."""
    return unit in _TIMES["en"]


def after(text: str, at: int, language: str) -> str | None:
    """The unit that begins at a place of a text, right after a number."""
    names, behind, _ = _patterns(language)
    match = behind.match(text, at)
    return names[match.lastindex - 1] if match and match.lastindex else None


def before(text: str, at: int, language: str) -> str | None:
    """The unit that ends at a place of a text, right before a number."""
    names, _, ahead = _patterns(language)
    match = ahead.search(text[max(0, at - _REACH) : at])
    return names[match.lastindex - 1] if match and match.lastindex else None


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[list[str], re.Pattern[str], re.Pattern[str]]:
    """(the unit of each group, what follows a number, what stands before one)."""
    names, groups = [], []
    for unit, symbols in _SYMBOLS.items():
        names.append(unit)
        groups.append(_any_of(symbols, language))
    for unit, words in _TIMES.get(language, {}).items():
        names.append(unit)
        plural = "s?" if language in _PLURAL_S else ""
        groups.append(f"(?i:{_any_of(words, language)}{plural})")
    units = "|".join(f"({group})" for group in groups)
    edge, start = ("", "") if language in _UNSPACED else (ENDS, BEGINS)
    behind = re.compile(rf"[\s\xa0\u202f-]?(?:{units}){edge}")
    return names, behind, re.compile(rf"{start}(?:{units})\s?$")


def _any_of(words: str, language: str) -> str:
    longest = sorted(
        (word.replace("\xa0", " ") for word in words.split(" ")), key=len, reverse=True
    )
    known = [re.escape(word).replace(r"\*", f"{WORD}*").replace(r"\ ", r"\s") for word in longest]
    return f"(?:{'|'.join(known)})"
