"""Text in drawings: letters join and run the right way, and lines are no wider than expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import uharfbuzz as hb
import weasyprint.text.line_break

from stepwell.advance import advance
from stepwell.model import Document
from stepwell.render.figures import ladder, raci, timeline
from stepwell.resolve import Resolved
from stepwell.write import pdf
from stepwell.write.fonts import Face, FontSet

PAGE = """<!doctype html><html lang="{0}" dir="{1}"><head><meta charset="utf-8"><title>T</title>
<style>html {{ font-family: Stepwell }}</style></head><body><h1>T</h1>
<svg role="img" aria-label="A drawing" width="400" height="60" viewBox="0 0 400 60"
direction="{1}" font-family="Stepwell"><text x="200" y="30" font-size="16">{2}</text></svg>
</body></html>"""


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("language", "direction", "text"),
    [("ar", "rtl", "رعاية ذاتية"), ("hi", "ltr", "स्वयं देखभाल")],
)
def test_a_line_in_a_drawing_is_shaped_as_one(
    fonts: Callable[[str], FontSet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    language: str, direction: str, text: str,
) -> None:  # fmt: skip
    """The line is laid out whole: each letter by itself would have its lonely form."""
    lines, whole = weasyprint.text.line_break, weasyprint.text.line_break.split_first_line
    asked: list[str] = []

    def heard(said: str, *rest: object, **more: object) -> object:
        asked.append(str(said))
        return whole(said, *rest, **more)

    monkeypatch.setattr(lines, "split_first_line", heard)
    page = PAGE.format(language, direction, text)
    document = Document("x", "T", language, "patient", "p", (), page, kind="k")
    assert pdf.make(document, fonts=fonts(language), assets=tmp_path).problems == ()
    assert text in asked
    assert not set(asked) & set(text)


def drawn_width(face: Face, text: str) -> float | None:
    """The width of a line at size 1 as a face has it; nothing if it lacks a letter."""
    whole = hb.Face(hb.Blob.from_file_path(str(face.path)))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(whole), buffer)
    if not buffer.glyph_infos or any(glyph.codepoint == 0 for glyph in buffer.glyph_infos):
        return None
    wide: float = sum(place.x_advance for place in buffer.glyph_positions) / whole.upem
    return wide


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "uk", "zh", "hi"])
def test_no_line_is_wider_than_it_was_taken_for(
    resolved: Resolved, fonts: Callable[[str], FontSet], language: str
) -> None:
    """Where figures break their lines and move words apart, the real faces need no more room."""
    checked = 0
    for pathway in resolved.definitions.pathways:
        edition = resolved.edition(language, "patient", pathway)
        reading = resolved.reading(edition, f"{pathway}/x.pdf", "print")
        steps, _ = ladder.drawn(reading, None, width=42, details=True)
        waits = timeline.drawn(reading, edition.content.tiers[-1].id, width=20)
        for label in (*steps.labels, *waits.labels, *raci.drawn(reading).labels):
            face = fonts(language).faces[1 if label.bold else 0]
            for line in label.lines:
                if (width := drawn_width(face, line)) is not None:
                    checked += 1
                    assert width <= advance(line) * 1.01 + 0.02, (line, width, advance(line))
    assert checked > 60
