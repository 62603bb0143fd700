"""Pictures of every kind of document are compared with those that were looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from tests.visual.printing import Clinic, cases_by_name, pages
from tests.visual.sheets import Changed, change, load, save, sheet

BASELINES = Path(__file__).parent / "baselines"
ACCEPT = ".venv/bin/python -m pytest --update"


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """The clinic of the pictures."""
    return Clinic(tmp_path_factory.mktemp("clinic"))


@dataclass(frozen=True, slots=True)
class Gallery:
    """Compares documents with the pictures that were accepted, or with `update` accepts them."""

    clinic: Clinic
    folder: Path
    update: bool
    test: str

    def compare(self, name: str, language: str) -> None:
        """Fail if a document (the name of its case) does not look as it was accepted."""
        __tracebackhide__ = True  # what is told says more than these lines
        case, path = cases_by_name()[name], BASELINES / language / f"{name}.png"
        document = self.clinic.document(case, language)
        if document is None:
            pytest.fail(f"tests/projects/clinic has nothing of the kind '{name}': write it there")
        drawn = pages(self.clinic.print(document), case.dpi)
        if self.update:
            accept(drawn, path)
        elif not path.exists():
            pytest.fail(f"'{name}' has no picture in '{language}'. {self._advice()}")
        elif changed := change(load(path), drawn, case.dpi):
            self._tell(changed, load(path), sheet(drawn), f"'{name}' in '{language}'")

    def _tell(
        self, changed: Changed, expected: Image.Image, actual: Image.Image, what: str
    ) -> None:
        __tracebackhide__ = True
        pictures = {"expected": expected, "actual": actual, "difference": changed.difference}
        for name, picture in pictures.items():
            picture.save(self.folder / f"{name}.png")
        where = "\n".join(changed.sentences)
        look = f"Look at {self.folder}/difference.png: red is gone, blue is new."
        pytest.fail(f"{what} looks different:\n{where}\n{look} {self._advice()}")

    def _advice(self) -> str:
        return (
            "To accept how it looks now, look at the picture that this writes:\n"
            f"{ACCEPT} '{self.test}'"
        )


def accept(drawn: list[Image.Image], path: Path) -> None:
    """Write the picture of a document, if it is not dot for dot the one that is there."""
    made = sheet(drawn)
    if not path.exists() or load(path).size != made.size or load(path).tobytes() != made.tobytes():
        save(made, path)


@pytest.fixture
def gallery(clinic: Clinic, tmp_path: Path, request: pytest.FixtureRequest) -> Gallery:
    """The pictures that were accepted."""
    update = bool(request.config.getoption("--update"))
    return Gallery(clinic, tmp_path, update, request.node.nodeid)
