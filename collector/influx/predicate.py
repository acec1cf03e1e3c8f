"""The two ways to name one point for deletion, with every identifier and literal escaped. Pure."""

from datetime import UTC, datetime

from models.tables.influxql import identifier, literal
from models.works.table import RowKey

_NS_PER_S = 10**9


def influxql_point_delete(key: RowKey) -> str:
    """The InfluxQL statement that deletes this point (InfluxDB 1.x)."""
    conditions = [f"{identifier(name)} = {literal(value)}" for name, value in key.tags]
    where = " AND ".join([*conditions, f"time = {key.time_ns}"])
    return f"DELETE FROM {identifier(key.table)} WHERE {where}"  # noqa: S608 - every part is escaped above


def v2_point_predicate(key: RowKey) -> str:
    """The predicate of table and all tags for /api/v2/delete; the time goes beside it, as start and as stop."""
    parts = [("_measurement", key.table), *key.tags]
    return " AND ".join(f"{identifier(name)}={identifier(value)}" for name, value in parts)


def v2_time(time_ns: int) -> str:
    """UTC nanoseconds as RFC 3339 with all nine digits."""
    seconds, rest_ns = divmod(time_ns, _NS_PER_S)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest_ns:09d}Z"
