"""Which backups of a data folder there are: `backups.json` in it, written by each `tundish backup`."""

import contextlib
import json
from pathlib import Path

NAME = "backups.json"
_KEPT = 10
"""The newest backups that are remembered. Older ones hold little that these do not."""


def remember(data: Path, backup: Path) -> None:
    """Note a backup; where the folder cannot be written, it is not noted."""
    folders = [str(backup.resolve()), *(folder for folder in _folders(data) if folder != str(backup.resolve()))]
    with contextlib.suppress(OSError):
        draft = data / f"{NAME}.new"
        draft.write_text(json.dumps(folders[:_KEPT], indent=1) + "\n", encoding="utf-8")
        draft.replace(data / NAME)


def known_backups(path: Path) -> list[Path]:
    """The copies of the file at `path` that are there: those of backups, the newest first, and that of an upgrade."""
    copies = [Path(folder) / path.name for folder in _folders(path.parent)]
    return [
        copy for copy in (*copies, *sorted(path.parent.glob(f"{path.name}.v*.bak"), reverse=True)) if copy.is_file()
    ]


def _folders(data: Path) -> list[str]:
    try:
        found = json.loads((data / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [folder for folder in found if isinstance(folder, str)] if isinstance(found, list) else []
