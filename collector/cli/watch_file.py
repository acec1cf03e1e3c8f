"""What a watch of numbers has seen, in a file: to end it and to go on with it."""

import json
from dataclasses import dataclass
from pathlib import Path

from collector.errors import CollectorError
from models.counting.shape_watch import WatchedShape

LARGEST_BYTES = 256 * 1024 * 1024
"""A hundred thousand numbers take 60 MB."""


@dataclass(frozen=True, slots=True)
class WatchFile:
    """`path`: None where nothing is kept."""

    path: Path | None

    def read(self) -> dict[str, WatchedShape]:
        """By node what was seen of it; nothing where there is no file yet.

        Raises CollectorError: the file cannot be read, or is another one.
        """
        if self.path is None or not self.path.exists():
            return {}
        try:
            if self.path.stat().st_size > LARGEST_BYTES:
                raise ValueError("it is too large")
            parts = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(node): WatchedShape.from_parts(of) for node, of in parts["watched"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CollectorError(
                f"{self.path} is not what an earlier watch kept ({error}): name another file with --keep"
            ) from error

    def write(self, watched: dict[str, WatchedShape]) -> None:
        """Keep what was seen. Raises CollectorError: it cannot be written."""
        if self.path is None:
            return
        parts = {"watched": {node: seen.to_parts() for node, seen in watched.items()}}
        part = self.path.with_name(self.path.name + ".part")
        try:
            part.write_text(json.dumps(parts, separators=(",", ":")), encoding="utf-8")
            part.replace(self.path)
        except OSError as error:
            raise CollectorError(f"{self.path} cannot be written: {error.strerror}; name another file") from error
