"""Rows of the table `source_health`, for the raw bucket."""

from dataclasses import dataclass

from models.works.table import FieldValue, Row, RowKey

HEALTH_TABLE = "source_health"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealthRow:
    """One source at `time_ns` (UTC). What is not known (None) is an absent field.

    `age_s`: since the last successful read; `readings` and `rejected`: counts; `queue_*`: the journal's unsent part.
    """

    site: str
    source: str
    collector: str
    time_ns: int
    up: bool
    poll_s: float
    readings: int
    rejected: int
    queue_rows: int
    queue_bytes: int
    queue_age_s: float
    loop_lag_ms: float
    age_s: float | None = None
    clock_offset_s: float | None = None
    cert_days_left: float | None = None

    def row(self) -> Row:
        """The row as it is written. The type of a field never changes: a database refuses another one for good."""
        fields: dict[str, FieldValue | None] = {
            "up": int(self.up),
            "age_s": _float(self.age_s),
            "poll_s": float(self.poll_s),
            "readings": int(self.readings),
            "rejected": int(self.rejected),
            "queue_rows": int(self.queue_rows),
            "queue_bytes": int(self.queue_bytes),
            "queue_age_s": float(self.queue_age_s),
            "loop_lag_ms": float(self.loop_lag_ms),
            "clock_offset_s": _float(self.clock_offset_s),
            "cert_days_left": _float(self.cert_days_left),
        }
        tags = {"site": self.site, "source": self.source, "collector": self.collector}
        key = RowKey.of(HEALTH_TABLE, self.time_ns, tags)
        return Row(key, {name: value for name, value in fields.items() if value is not None})


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
