"""What a salvage lost, kept beside the new file until that file itself says so: `ledger.db.salvaged`.

The new file stands in its place before what it lacks is recorded in it. Who is killed in between would find a sound
file, and nobody would hear of the loss.
"""

import contextlib
import json
from pathlib import Path

from collector.host import sync_file, sync_folder
from collector.storage.file.salvage import Hole, Key, Part, Salvaged


def note_salvage(path: Path, salvaged: Salvaged) -> None:
    """Keep it, synced; before the new file is put in its place."""
    parts = {
        name: {"rows": part.rows, "holes": [[hole.before, hole.after] for hole in part.holes]}
        for name, part in salvaged.parts.items()
    }
    document = {
        "finding": salvaged.finding,
        "aside": str(salvaged.aside),
        "at_ns": salvaged.at_ns,
        "parts": parts,
    }
    draft = _name(path).with_name(f"{_name(path).name}.new")
    draft.write_text(json.dumps(document), encoding="utf-8")
    sync_file(draft)
    draft.replace(_name(path))
    sync_folder(path.parent)


def noted_salvage(path: Path) -> Salvaged | None:
    """What is not recorded yet; None if there is nothing, or if it cannot be read."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(_name(path).read_text(encoding="utf-8"))
        parts = {
            str(name): Part(int(part["rows"]), [Hole(_key(before), _key(after)) for before, after in part["holes"]])
            for name, part in found["parts"].items()
        }
        return Salvaged(str(found["finding"]), Path(found["aside"]), int(found["at_ns"]), parts)
    return None


def forget_salvage(path: Path) -> None:
    """It is recorded in the file."""
    _name(path).unlink(missing_ok=True)


def _name(path: Path) -> Path:
    return path.with_name(f"{path.name}.salvaged")


def _key(found: list[object] | None) -> Key | None:
    return None if found is None else tuple(found)
