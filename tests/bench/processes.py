"""What the processes of a session need: memory and work, read while they run."""

from __future__ import annotations

import os
from pathlib import Path


def processes(session: int) -> dict[int, tuple[int, float]]:
    """Process of a session -> its resident bytes, and the seconds it has worked."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    size = int(fields[21]) * os.sysconf("SC_PAGESIZE")
                    worked = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
                    found[int(entry.name)] = (size, worked)
            except OSError:
                continue  # it has ended
    return found
