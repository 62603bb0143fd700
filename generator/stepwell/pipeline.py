"""The five verbs in order: load, check, resolve, render, write. Begin reading here.

Each stage trusts the ones before it. What is wrong with content becomes a
diagnostic, and nothing is published while an error stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stepwell import write
from stepwell.check import check
from stepwell.definitions.project import Definitions
from stepwell.diagnostics import Diagnostics
from stepwell.inputs import Inputs
from stepwell.load import load
from stepwell.load.interface import languages
from stepwell.load.overrides import overrides
from stepwell.logic.waivers import Verdict
from stepwell.model import Rendered
from stepwell.progress import Progress
from stepwell.project import CONTENT, Project, packaged
from stepwell.render import Renderer, render
from stepwell.render.environment import Templates
from stepwell.source import SourceFile
from stepwell.templating import TemplateFault, own_folder
from stepwell.workshop import Content, Workshop, cards
from stepwell.write.publish import staging
from stepwell.write.schedule import HERE, Crew, TaskFailed
from stepwell.write.site_words import THEME_WORDS
from stepwell.write.stock import prune
from stepwell.write.store import DEFAULT_SIZE, Store


@dataclass(frozen=True)
class Scope:
    """Which languages and pathways are asked for; empty means all."""

    languages: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """What a build is asked for: `most` is what its store may hold afterwards, in bytes.

    Without a `store`, artifacts are kept in the project.
    """

    out: Path
    scope: Scope = Scope()
    strict: bool = False
    crew: Crew = HERE
    store: Store | None = None
    most: int = DEFAULT_SIZE


@dataclass
class Run:
    """A run and what came of it: problems, the files they are in, proofs, what was published."""

    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    files: dict[str, SourceFile] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    rendered: Rendered | None = None
    published: bool = False

    def stops(self, strict: bool) -> bool:
        """Whether an error, or in strict mode a warning, forbids to go on."""
        return self.diagnostics.failed or (strict and self.diagnostics.warned)

    @property
    def counts(self) -> dict[str, int]:
        """How many pages and PDFs were published, pages by language; empty if nothing was."""
        if not self.published or self.rendered is None:
            return {}
        pages = {website.language: len(website.pages) for website in self.rendered.websites}
        return {"PDFs": len(self.rendered.documents), **pages}


def read(project: Project, scope: Scope, today: datetime.date, run: Run) -> Definitions | None:
    """Load and check a project; None if its site or vocabulary can't be read at all.

    Raises UnknownName if the scope names a language or pathway that is not there.
    """
    definitions = load(project.root, CONTENT, run.diagnostics, run.files)
    if own_folder(project.overrides, packaged("templates")):
        overrides(project.root, project.overrides.name, run.diagnostics, run.files)
    if definitions is not None:
        definitions = definitions.narrowed(scope.languages, scope.pathways)
        run.verdicts = check(definitions, run.diagnostics, today, languages())
    return definitions


def build(project: Project, options: Options, today: datetime.date, progress: Progress) -> Run:
    """Compile a project and publish it at `options.out`, or say why not.

    Raises publish.Busy, publish.NotOurs, OSError (a full disk) and
    schedule.TaskFailed; the site that was published before then still stands.
    """
    run = Run()
    progress.step("Reading and checking")
    definitions = read(project, options.scope, today, run)
    if definitions is None or run.stops(options.strict):
        return run
    tags = definitions.languages
    content = Content(definitions, run.verdicts, today)
    resolved = content.resolved()
    family = definitions.site.look.family
    press = write.Press.ready(resolved.texts(), tags, project.cache, run.diagnostics, family)
    progress.step("Writing pages in " + ", ".join(tags))
    templates = Templates((project.overrides, packaged("templates")))
    if run.stops(options.strict):
        return run
    renderer = Renderer(resolved, templates, tags, press.works)
    store = options.store or Store.at(project.artifacts)
    inputs = Inputs.of(definitions, CONTENT, templates.folders, (str(today), str(press.works)))
    with staging(options.out) as stage, options.crew.gathered(stage.folder) as pool:
        shop = Workshop(inputs, templates.folders, press.works, store, stage.folder)
        place = write.Place(
            stage.folder, packaged("templates"), project.content, store, templates.own, shop,
            stage.out, project.told(stage.out, "published"),
        )  # fmt: skip
        with _faults_told(run), shop.open(content):
            each = cards(shop, pool, run.diagnostics, progress)
            outputs = render(renderer, THEME_WORDS, run.diagnostics, each)
            run.rendered = write.write(outputs, press, place, pool, run.diagnostics, progress)
        # Meanwhile: it looks at every entry of the store, and nobody waits for what it removes.
        pruned = pool.submit(prune, store.shelf(), options.most) if store.local else None
        if not run.stops(options.strict):
            write.seal(place, run.rendered, resolved.proved())
            stage.publish()
            run.published = True
        if pruned:
            pruned.result()
    return run


@contextmanager
def _faults_told(run: Run) -> Iterator[None]:
    """SW609 for a template that can't be used, here or in a worker, instead of its exception."""
    try:
        yield
    except TemplateFault as fault:
        run.diagnostics.add("SW609", fault.span, fault.message, fault.help)
    except TaskFailed as failed:
        cause = failed.__cause__
        if not isinstance(cause, TemplateFault):
            raise
        run.diagnostics.add("SW609", cause.span, cause.message, cause.help)
