"""`manifest.json`: every file that was published, and where its words were written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stepwell.model import Artifact, Data, Document, Front, Page, Preview, Proved
from stepwell.source import Span
from stepwell.write.publish import MARK

_KINDS = {
    Page: "page", Front: "page", Document: "document", Data: "data", Preview: "picture",
}  # fmt: skip


def write_manifest(
    folder: Path, artifacts: Iterable[Artifact], version: str, proofs: Iterable[Proved] = ()
) -> None:
    """Write the manifest of a finished folder: a row a file, sorted by path.

    Every row has path, sha256 and bytes; one that is an artifact also has kind,
    title, language, audience, pathway and its sources (file and lines).
    `proofs` has, of each pathway, the digest of its criteria and for each
    obligation how often it was asked, held and was waived.
    """
    known = {artifact.path: artifact for artifact in artifacts}
    rows = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = file.relative_to(folder).as_posix()
        content = file.read_bytes()
        row: dict[str, Any] = {
            "path": path, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
        }  # fmt: skip
        rows.append(row | _described(known[path]) if path in known else row)
    told = {"stepwell": version, "proofs": [_told(proof) for proof in proofs], "files": rows}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / MARK).write_text(f"{text}\n", encoding="utf-8")


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
        "sources": _sources(artifact.sources),
    }


def _sources(spans: Iterable[Span]) -> dict[str, list[int]]:
    """File -> its lines, sorted."""
    found: dict[str, set[int]] = {}
    for span in spans:
        if span.path:
            found.setdefault(span.path, set()).add(span.line)
    return {path: sorted(lines) for path, lines in sorted(found.items())}
