"""Stage four: editions -> artifacts. Pure: the same editions and templates give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from stepwell.diagnostics import Diagnostics
from stepwell.model import Ask, Output, Part
from stepwell.render.analytics import analytics
from stepwell.render.logo import logo
from stepwell.render.obligations import tell
from stepwell.render.parts import Renderer, asks, shared_asks

Each = Callable[[Sequence[Ask]], Iterable[Part]]
"""What renders several parts; it gives them in the order in which they were asked for."""


def render(
    renderer: Renderer,
    theme_words: tuple[tuple[str, str], ...],
    diagnostics: Diagnostics,
    each: Each | None = None,
) -> Iterator[Output]:
    """The outputs of the languages that a renderer has.

    `each` renders parts elsewhere and gives their cards; without it they are rendered here and
    whole. What misses an obligation is told once the last output was taken.
    """
    resolved, languages = renderer.resolved, renderer.languages
    each = each or (lambda some: map(renderer.part, some))
    wanted = asks(languages, resolved.definitions.pathways)
    made = dict(zip(wanted, each(wanted), strict=True))
    above = [*shared_asks(languages, made), Ask()]
    made |= zip(above, each(above), strict=True)
    for ask in above[:-1]:
        own = [ask, *(one for one in wanted if one.language == ask.language)]
        yield renderer.website(own, [made[one] for one in own], theme_words)
    for part in made.values():
        yield from part.documents
        yield from part.data
        yield from part.previews
    yield from logo(resolved, languages)
    yield from analytics(resolved, languages)
    tell(made.values(), diagnostics)


__all__ = ["Each", "Renderer", "render"]
