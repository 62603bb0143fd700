"""Pieces of a page that many pages share: each is rendered once for each that differs.

A template asks for one, `{{ piece("partials/footer.html") }}`, where it would include it.
What of a page a piece prints is read in its own text: the fields of `view` that it, and what
it includes, name. Where these are the same on two pages the piece is too, because nothing else
of a page is handed to it. A project's own template is read in the same way; one whose fields
can't be told, or that needs other names, is rendered for each page, as if it were included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, TemplateNotFound, nodes, pass_context
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.runtime import Context
from markupsafe import Markup

from stepwell.write.site_chrome import View

_VIEW = "view"
_FIELDS = {field.name for field in fields(View)}


@pass_context
def whole_piece(context: Context, name: str, **more: Any) -> Markup:
    """A piece as if it were included: rendered for this page, with all that the page knows."""
    known = {**context.get_all(), **more}
    return Markup(context.environment.get_template(name).render(known))


class Pieces:
    """What templates call to have a piece. `common` are the names that all pages share.

    `renders` counts how often one was rendered, for tests.
    """

    def __init__(self, environment: Environment, common: Mapping[str, Any]) -> None:
        self.renders = 0
        self._environment = environment
        self._common = common
        self._reads: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._made: dict[tuple[Any, ...], Markup] = {}

    @pass_context
    def __call__(self, context: Context, name: str, **more: Any) -> Markup:
        """The piece of that name for the page that is being rendered; `more` are its own names."""
        asked = (name, *more)
        if asked not in self._reads:
            self._reads[asked] = self._read_by(name, more)
        read = self._reads[asked]
        if read is None:
            self.renders += 1
            return whole_piece(context, name, **more)
        view = context[_VIEW]
        values = [getattr(view, field) for field in read]
        key = (asked, *values, *more.values(), *map(type, more.values()))
        made = self._made.get(key)
        if made is None:
            part = SimpleNamespace(**dict(zip(read, values, strict=True)))
            made = self._made[key] = self._render(name, {**self._common, **more, _VIEW: part})
        return made

    def _render(self, name: str, names: Mapping[str, Any]) -> Markup:
        self.renders += 1
        return Markup(self._environment.get_template(name).render(names))

    def _read_by(self, name: str, more: Collection[str]) -> tuple[str, ...] | None:
        """The fields of a page that a piece prints; None if they can't be told."""
        found: set[str] = set()
        for tree in self._trees(name, set()):
            if tree is None or find_undeclared_variables(tree) - self._known - {*more}:
                return None
            named = [node for node in tree.find_all(nodes.Name) if node.name == _VIEW]
            read = [node for node in tree.find_all(nodes.Getattr) if node.node in named]
            if len(read) < len(named):
                return None  # the view is handed on whole
            found.update(node.attr for node in read)
        return tuple(sorted(found)) if found <= _FIELDS else None

    @cached_property
    def _known(self) -> set[str]:
        return {_VIEW, *self._common, *self._environment.globals} - {"piece"}

    def _trees(self, name: str, seen: set[str]) -> Iterator[nodes.Template | None]:
        """A template and all that it includes; None for one that only a page can name."""
        tree = self._tree(name)
        yield tree
        seen.add(name)
        for other in find_referenced_templates(tree) if tree else ():
            if other is None:
                yield None
            elif other not in seen:
                yield from self._trees(other, seen)

    def _tree(self, name: str) -> nodes.Template | None:
        environment = self._environment
        if environment.loader is None:
            return None
        try:
            source, path, _ = environment.loader.get_source(environment, name)
        except TemplateNotFound:
            return None  # whoever renders it says so, or may do without
        return environment.parse(source, name, path)
