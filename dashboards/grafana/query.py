"""The query classes that the SDK lacks, in Grafana's own field names: InfluxQL, and SQL of PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_uppercase

from grafana_foundation_sdk.cog import variants
from grafana_foundation_sdk.models.common import DataSourceRef


@dataclass(frozen=True, slots=True)
class InfluxqlQuery(variants.Dataquery):
    """One statement. `alias` names the series ($col, $tag_unit); a table keeps tags as columns."""

    query: str
    data_source: str
    alias: str = ""
    table: bool = False
    ref_id: str = "A"

    def to_json(self) -> dict[str, object]:
        """As the data source reads it."""
        payload: dict[str, object] = {
            "refId": self.ref_id,
            "datasource": {"type": "influxdb", "uid": self.data_source},
            "query": self.query,
            "rawQuery": True,
            "resultFormat": "table" if self.table else "time_series",
        }
        if self.alias and not self.table:
            payload["alias"] = self.alias
        return payload


@dataclass(frozen=True, slots=True)
class SqlQuery(variants.Dataquery):
    """One statement of SQL. A table keeps columns as they are; series have their texts for names."""

    query: str
    data_source: DataSourceRef
    table: bool = False
    ref_id: str = "A"

    def to_json(self) -> dict[str, object]:
        """As the data source reads it."""
        source = {"type": self.data_source.type_val, "uid": self.data_source.uid}
        return {"refId": self.ref_id, "datasource": source, **sql_model(self.query, table=self.table)}


def sql_model(query: str, *, table: bool) -> dict[str, object]:
    """A statement in the words of Grafana's data sources of SQL."""
    return {
        "rawSql": query,
        "rawQuery": True,
        "format": "table" if table else "time_series",
        "editorMode": "code",
    }


def ref_ids() -> Iterator[str]:
    """The names that Grafana gives to statements, without an end: A to Z, then AA."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))
