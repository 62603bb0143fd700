"""`manifest.json`: every file that was published, and where its words were written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stepwell.model import Artifact, Data, Document, Front, Page, Preview, Proved
from stepwell.write.inventory import NOTHING, Inventory
from stepwell.write.publish import MARK

_KINDS = {
    Page: "page", Front: "page", Document: "document", Data: "data", Preview: "picture",
}  # fmt: skip


def write_manifest(
    folder: Path, artifacts: Iterable[Artifact], version: str, proofs: Iterable[Proved] = (),
    before: Inventory = NOTHING,
) -> Inventory:  # fmt: skip
    """Write the manifest of a finished folder, a row a file, sorted by path; their inventory.

    Every row has path, sha256 and bytes; one that is an artifact also has kind,
    title, language, audience, pathway and its sources (file and lines).
    `proofs` has, of each pathway, the digest of its criteria and for each
    obligation how often it was asked, held and was waived. Files that are the same ones as
    in the inventory from `before` are not read.
    """
    known = {artifact.path: artifact for artifact in artifacts}
    found = Inventory.of(folder, before)
    head = _written({"stepwell": version, "proofs": [_told(proof) for proof in proofs]}, 0)
    # A row at a time: all of them together are many times what a build holds otherwise.
    with (folder / MARK).open("w", encoding="utf-8") as target:
        target.write(head.removesuffix("\n}") + ',\n "files": [')
        between = ""
        for path, (size, _, digest) in found.rows.items():
            told: dict[str, Any] = {"path": path, "sha256": digest, "bytes": size}
            told |= _described(known[path]) if path in known else {}
            target.write(f"{between}\n  {_written(told, 2)}")
            between = ","
        target.write("\n ]\n}\n")
    return found


def _written(told: dict[str, Any], depth: int) -> str:
    """JSON whose lines are indented, from the second on by `depth` spaces more."""
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return text.replace("\n", "\n" + " " * depth)


def _told(proof: Proved) -> dict[str, Any]:
    counts = ("asked", "held", "waived")
    return {
        "pathway": proof.pathway,
        "digest": proof.digest,
        "obligations": {
            row[0]: dict(zip(counts, row[1:], strict=True)) for row in proof.obligations
        },
        "waivers": list(proof.waivers),
    }


def _described(artifact: Artifact) -> dict[str, Any]:
    return {
        "kind": _KINDS[type(artifact)],
        "title": artifact.title,
        "language": artifact.language,
        "audience": artifact.audience,
        "pathway": artifact.pathway,
        "sources": {path: list(lines) for path, lines in artifact.sources},
    }
