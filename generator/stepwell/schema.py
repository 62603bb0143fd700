"""JSON Schemas of every YAML file, for editors. The definitions are their one source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stepwell.definitions.base import Definition
from stepwell.definitions.cases import Cases
from stepwell.definitions.pathway import Pathway
from stepwell.definitions.resources import Resources
from stepwell.definitions.site import Site
from stepwell.definitions.vocabulary import Vocabulary

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, type[Definition]] = {
    "site": Site,
    "vocabulary": Vocabulary,
    "resources": Resources,
    "pathway": Pathway,
    "cases": Cases,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Name -> schema: site, vocabulary, resources, pathway, pathway-part and cases.

    A part of a pathway may have any of its keys and needs none; so may
    pathway.yaml where the rest stands in parts, thus its keys are not required.
    """
    found = {name: _schema(kind) for name, kind in _FILES.items()}
    found["pathway"].pop("required", None)
    found["pathway-part"] = _schema(Pathway)
    found["pathway-part"].pop("required", None)
    found["pathway-part"]["title"] = "A part of a pathway"
    return found


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema as `<name>.json` into a folder; the files. OSError if it can't be."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in schemas().items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        files.append(folder / f"{name}.json")
        files[-1].write_text(f"{text}\n", encoding="utf-8")
    return files


def _schema(kind: type[Definition]) -> dict[str, Any]:
    return {"$schema": _DRAFT, **kind.model_json_schema(by_alias=True, mode="validation")}
