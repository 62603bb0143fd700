"""The fonts of the website: small, the same every time, and only what is needed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from stepwell.write import webfonts
from stepwell.write.webfonts import SUBSETS, write_webfonts


def fonts(out: Path) -> dict[str, bytes]:
    """Name and content of the font files."""
    return {path.name: path.read_bytes() for path in (out / "assets/fonts").glob("*.woff2")}


def test_each_file_is_small(tmp_path: Path) -> None:
    """No file is larger than 40 KB, in any language; one with two weights not than 60."""
    write_webfonts(tmp_path, [tag for subset in SUBSETS for tag in subset.languages])
    made = fonts(tmp_path)
    assert len(made) == sum(len(subset.weights) for subset in SUBSETS)
    both = {f"{subset.name}-400.woff2" for subset in SUBSETS if subset.alone}
    assert max(len(made[name]) for name in both) < 60_000
    assert max(len(made[name]) for name in set(made) - both) < 40_000


def test_script_is_written_only_when_a_language_needs_it(tmp_path: Path) -> None:
    """Arabic comes with Arabic or Urdu, not with English alone."""
    write_webfonts(tmp_path / "en", ["en"])
    write_webfonts(tmp_path / "ur", ["en", "ur-PK"])
    assert not [name for name in fonts(tmp_path / "en") if name.startswith("arabic")]
    assert {"arabic-400.woff2", "arabic-700.woff2"} <= set(fonts(tmp_path / "ur"))


def test_stylesheet_names_the_files_that_there_are(tmp_path: Path) -> None:
    """Each file has a rule with its ranges, and each rule its file."""
    write_webfonts(tmp_path, ["en", "ar"])
    css = (tmp_path / "assets/fonts/fonts.css").read_text(encoding="utf-8")
    assert set(re.findall(r'url\("(.*?)"\)', css)) == set(fonts(tmp_path))
    assert "unicode-range:U+600-6FF,U+750-77F" in css
    assert "://" not in css


def test_same_files_every_time(tmp_path: Path) -> None:
    """Making a font twice gives the same bytes."""
    write_webfonts(tmp_path / "a", ["ar"])
    webfonts.made.cache_clear()
    write_webfonts(tmp_path / "b", ["ar"])
    assert fonts(tmp_path / "a") == fonts(tmp_path / "b")


def test_font_has_its_signs_its_weight_and_its_licence(tmp_path: Path) -> None:
    """Clinical signs are in the font, bold is bold, and the licence travels with it."""
    write_webfonts(tmp_path, ["en", "ar"])
    for name, content in fonts(tmp_path).items():
        font = TTFont(BytesIO(content))
        assert font["OS/2"].usWeightClass == int(name[-9:-6])
        assert "Open Font License" in font["name"].getDebugName(13)
        assert font["name"].getDebugName(1) == webfonts.FAMILY
    latin = TTFont(BytesIO(fonts(tmp_path)["latin-400.woff2"])).getBestCmap()
    assert {ord(sign) for sign in "≥≤\u2013°µ\u00d7½“”…"} <= set(latin)


def test_conjuncts_of_hindi_travel_with_their_letters(tmp_path: Path) -> None:
    """Forms that letters take on together have no code point, and are there all the same."""
    write_webfonts(tmp_path, ["hi"])
    font = TTFont(BytesIO(fonts(tmp_path)["devanagari-400.woff2"]))
    assert {ord(letter) for letter in "कषरत्ािीुूेैोौंँ़।ज़ड़"} <= set(font.getBestCmap())
    assert len(font.getGlyphOrder()) > 3 * len(font.getBestCmap())
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"akhn", "half", "rphf", "blwf"} <= features


def test_chinese_needs_no_font_of_ours(tmp_path: Path) -> None:
    """A page in Chinese has the reader's own fonts, and Latin letters of ours only if needed."""
    write_webfonts(tmp_path / "zh", ["zh"])
    write_webfonts(tmp_path / "en", ["en"])
    assert fonts(tmp_path / "zh") == fonts(tmp_path / "en")


def test_reader_s_own_font_stands_in_with_our_measures(tmp_path: Path) -> None:
    """No font changes under a reader's eyes, and one that stands in is as high as ours."""
    write_webfonts(tmp_path, ["en"])
    css = (tmp_path / "assets/fonts/fonts.css").read_text(encoding="utf-8")
    faces = [one for one in css.splitlines() if webfonts.STAND_IN in one]
    assert len(faces) == 4
    own = css.count("font-display:optional")
    assert own == len(fonts(tmp_path))
    font = TTFont(BytesIO(fonts(tmp_path)["latin-400.woff2"]))
    for face in faces:
        values = dict(re.findall(r"(size-adjust|ascent-override|descent-override):([\d.]+)%", face))
        size = float(values["size-adjust"]) / 100
        height = float(values["ascent-override"]) * size / 100 * font["head"].unitsPerEm
        depth = float(values["descent-override"]) * size / 100 * font["head"].unitsPerEm
        assert abs(height - font["hhea"].ascent) < 4
        assert abs(depth + font["hhea"].descent) < 4
