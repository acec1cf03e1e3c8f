"""Rows of a calculated table as InfluxDB has them, to be compared with what was published."""

from collections.abc import Iterable, Mapping

from collector.influx.client import InfluxClient, Series
from models.tables.influxql import identifier, literal
from models.works.table import FieldValue, RowKey


async def stored_rows(
    client: InfluxClient, table: str, site: str, start_ns: int, end_ns: int
) -> Mapping[RowKey, Mapping[str, FieldValue]]:
    """The rows of a works with start_ns <= time < end_ns. Raises SinkUnavailable."""
    where = f'"site" = {literal(site)} AND time >= {start_ns} AND time < {end_ns}'
    # Grouped by all tags, so that columns are fields alone and tags are told from them.
    found = await client.query(client.settings.bucket, f"SELECT * FROM {identifier(table)} WHERE {where} GROUP BY *")  # noqa: S608
    return rows_of(table, found)


def rows_of(table: str, series: Iterable[Series]) -> dict[RowKey, dict[str, FieldValue]]:
    """Fields by key. A tag that a series does not have comes as an empty text."""
    rows: dict[RowKey, dict[str, FieldValue]] = {}
    for each in series:
        tags = {name: tag for name, tag in each.tags.items() if tag}
        for values in each.values:
            named = dict(zip(each.columns, values, strict=True))
            key = RowKey.of(table, int(named.pop("time")), tags)
            rows[key] = {name: value for name, value in named.items() if value is not None}
    return rows
