"""Rows of the table `source_health`, for the raw bucket."""

from models.works.table import FieldValue, Row, RowKey

HEALTH_TABLE = "source_health"


def source_health_row(
    source: str,
    collector: str,
    time_ns: int,
    *,
    up: bool,
    poll_s: float,
    readings: int,
    rejected: int,
    queue_rows: int,
    queue_bytes: int,
    queue_age_s: float,
    loop_lag_ms: float,
    age_s: float | None = None,
    clock_offset_s: float | None = None,
    cert_days_left: float | None = None,
) -> Row:
    """One row of one source at the time of its poll (UTC ns). What is not known (None) is an absent field.

    `age_s`: since the last successful read; `readings` and `rejected`: counts; `queue_*`: the journal's unsent part.
    """
    fields: dict[str, FieldValue | None] = {
        "up": int(up),
        "age_s": _float(age_s),
        "poll_s": float(poll_s),
        "readings": int(readings),
        "rejected": int(rejected),
        "queue_rows": int(queue_rows),
        "queue_bytes": int(queue_bytes),
        "queue_age_s": float(queue_age_s),
        "loop_lag_ms": float(loop_lag_ms),
        "clock_offset_s": _float(clock_offset_s),
        "cert_days_left": _float(cert_days_left),
    }
    key = RowKey.of(HEALTH_TABLE, time_ns, {"source": source, "collector": collector})
    return Row(key, {name: value for name, value in fields.items() if value is not None})


def _float(value: float | None) -> float | None:
    # The field is a float for good: an int here would change its type in the database.
    return None if value is None else float(value)
