"""Where the files for the other side of a data diode are put, as the configuration resolved it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DiodeSettings:
    """One outbox folder, from which the diode's own program takes files away. `max_bytes`: what may lie there."""

    folder: Path
    max_bytes: int
    batch_lines: int = 5000

    @property
    def raw_bucket(self) -> str:
        """Telemetry is named by its kind; the other side knows its own bucket."""
        return "telemetry"

    @property
    def raw_retention_days(self) -> float | None:
        """What is too old for the database is known on the other side alone."""
        return None
