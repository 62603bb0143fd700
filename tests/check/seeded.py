"""Faults as a tired translator makes them, from a seed: in placeholders and in numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from stepwell.check.translations import Pair

PLACEHOLDER = re.compile(r"\{[a-z]+:[^{}\s]+\}")
ALIKE = (("{phone:",), ("{quantity:", "{dose:", "{wait:"), ("{score:",), ("{role:",))
SCRIPTS = {"ar": "٠١٢٣٤٥٦٧٨٩", "hi": "०१२३४५६७८९", "zh": "０１２３４５６７８９"}
COMMA = ("es", "fr", "uk")
PHRASES = {
    "en": " Give from {a} mg to {b} mg on {c} days in {d} weeks.",
    "es": " Dar de {a} mg a {b} mg durante {c} días en {d} semanas.",
    "fr": " Donner de {a} mg à {b} mg pendant {c} jours en {d} semaines.",
    "ar": " يُعطى من {a} ملغ إلى {b} ملغ خلال {c} أيام في {d} أسابيع.",
    "uk": " Давати від {a} мг до {b} мг протягом {c} днів за {d} тижнів.",
    "zh": "在{d}周内的{c}天里给予{a}毫克到{b}毫克。",
    "hi": " {a} मिग्रा से {b} मिग्रा {c} दिन {d} सप्ताह में दें।",
}
"""A dose, as each language says it; Chinese begins with the weeks."""
UNITS = {
    "es": ("mg", "g", "semanas", "meses"), "fr": ("mg", "g", "semaines", "mois"),
    "ar": ("ملغ", "غ", "أسابيع", "أشهر"), "uk": ("мг", "г", "тижнів", "місяців"),
    "zh": ("毫克", "克", "周", "个月"), "hi": ("मिग्रा", "ग्राम", "सप्ताह", "महीने"),
}  # fmt: skip
"""Language -> two units that stand in its phrase, each with the one that is not meant."""


def placeholder_fault(pair: Pair, chance: random.Random) -> Pair:
    """The pair with a placeholder of its translation dropped, doubled, renamed, broken, swapped."""
    there = PLACEHOLDER.findall(pair.translation)
    kinds = chance.choice(ALIKE)
    alike = [one for one in dict.fromkeys(there) if one.startswith(kinds)]
    if len(alike) > 1:
        first, second = chance.sample(alike, 2)
        swapped = {first: second, second: first}
        text = PLACEHOLDER.sub(lambda m: swapped.get(m[0], m[0]), pair.translation)
        return replace(pair, translation=text)
    one = chance.choice(there)
    kind, _, argument = one[1:-1].partition(":")
    others = ["", f"{one} {one}", f"{{{kind}s:{argument}}}", f"{{{kind}:{argument}s}}",
              f"{{{kind}: {argument}}}", one[:-1], one[1:], f"({one[1:-1]})"]  # fmt: skip
    if re.search(r"\d", argument):
        others.append(re.sub(r"\d+", lambda m: m[0] + "0", one))
    return replace(pair, translation=pair.translation.replace(one, chance.choice(others), 1))


def with_numbers(pair: Pair, chance: random.Random) -> Pair:
    """The pair with a dose added to both of its texts, in the words of each language."""
    a = f"{chance.randint(1, 9)}.{chance.randint(1, 9)}"
    b, c, d = chance.sample([n for n in range(12, 99) if n % 11], 3)
    own = a.replace(".", ",") if pair.base in COMMA else a
    return replace(
        pair,
        source=pair.source + PHRASES["en"].format(a=a, b=b, c=c, d=d),
        translation=pair.translation + PHRASES[pair.base].format(a=own, b=b, c=c, d=d),
    )


def number_fault(pair: Pair, chance: random.Random) -> Pair:
    """The pair with one of the numbers or units of its translation changed."""
    text = chance.choice(_CHANGES)(pair.translation, pair.base, chance)
    assert text != pair.translation
    return replace(pair, translation=text)


def numbers_of(text: str) -> list[re.Match[str]]:
    """The numbers of a text that stand outside of placeholders."""
    blank = PLACEHOLDER.sub(lambda m: "_" * len(m[0]), text)
    return list(re.finditer(r"(?<![\w-])\d+(?:[.,]\d+)?|(?<=[\u4e00-\u9fff])\d+(?:\.\d+)?", blank))


def _put(text: str, at: re.Match[str], new: str) -> str:
    return text[: at.start()] + new + text[at.end() :]


def _tenfold(text: str, language: str, chance: random.Random) -> str:
    one = chance.choice(numbers_of(text))
    return _put(text, one, one[0] + "0" if one[0].isdigit() else re.sub("[.,]", "", one[0]))


def _dropped(text: str, language: str, chance: random.Random) -> str:
    return _put(text, chance.choice(numbers_of(text)), "")


def _digit_dropped(text: str, language: str, chance: random.Random) -> str:
    one = chance.choice([found for found in numbers_of(text) if len(found[0]) > 1])
    return _put(text, one, one[0][:-1].rstrip(".,"))


def _added(text: str, language: str, chance: random.Random) -> str:
    at = chance.choice(numbers_of(text)).start()
    return f"{text[:at]}{chance.randint(2, 9)} {chance.choice(('–', 'x', '/'))} {text[at:]}"


def _turned(text: str, language: str, chance: random.Random) -> str:
    found = [one for one in numbers_of(text) if one[0].isdigit() and len(set(one[0])) > 1]
    one = chance.choice(found)
    return _put(text, one, one[0][::-1])


def _swapped(text: str, language: str, chance: random.Random) -> str:
    first, second = sorted(chance.sample(numbers_of(text), 2), key=lambda one: one.start())
    return _put(_put(text, second, first[0]), first, second[0])


def _other_script(text: str, language: str, chance: random.Random) -> str:
    digits = SCRIPTS.get(language) or chance.choice(list(SCRIPTS.values()))
    one = chance.choice(numbers_of(text))
    return _put(text, one, one[0].translate(str.maketrans("0123456789", digits)))


def _other_mark(text: str, language: str, chance: random.Random) -> str:
    one = next(found for found in numbers_of(text) if not found[0].isdigit())
    return _put(text, one, one[0].translate(str.maketrans(".,", ",.")))


def _other_unit(text: str, language: str, chance: random.Random) -> str:
    at = chance.choice((0, 2))
    one, other = UNITS[language][at : at + 2]
    head, _, tail = text.rpartition(one)
    return f"{head}{other}{tail}"


def _unit_dropped(text: str, language: str, chance: random.Random) -> str:
    head, _, tail = text.rpartition(UNITS[language][chance.choice((0, 2))])
    return f"{head}{tail}"


_CHANGES: Sequence[Callable[[str, str, random.Random], str]] = (
    _tenfold, _dropped, _digit_dropped, _added, _turned, _swapped, _other_script, _other_mark,
    _other_unit, _unit_dropped,
)  # fmt: skip


def faults(pairs: Sequence[Pair], count: int, seed: int) -> Iterator[tuple[Pair, Pair]]:
    """So many (right, wrong) pairs, half of them with a fault in a placeholder."""
    chance = random.Random(seed)
    held = [pair for pair in pairs if PLACEHOLDER.search(pair.translation)]
    known = [pair for pair in pairs if pair.base in UNITS]
    for at in range(count):
        if at % 2:
            right = chance.choice(held)
            yield right, placeholder_fault(right, chance)
        else:
            right = with_numbers(chance.choice(known), chance)
            yield right, number_fault(right, chance)
