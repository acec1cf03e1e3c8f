"""Which language the data sources of a plant are asked in: InfluxQL or SQL, for calculated tables and for raw ones."""

from dataclasses import dataclass

from grafana_foundation_sdk.models import common

from dashboards.grafana.uids import RAW_TABLES, data_source_uid
from models.works.plant import Plant

INFLUX_TYPE = "influxdb"
OWN_NAME = (11, 0)
"""From here on Grafana calls its PostgreSQL by the name of a plugin, as was seen in 11.6 and 12.2; 9.3 knows the old
one alone."""


@dataclass(frozen=True, slots=True)
class Sources:
    """`sql_calculated`, `sql_raw`: these tables are in PostgreSQL."""

    sql_calculated: bool = False
    sql_raw: bool = False

    def in_sql(self, table: str) -> bool:
        """Whether a table is asked in SQL."""
        return self.sql_raw if table in RAW_TABLES else self.sql_calculated

    def ref(self, plant: Plant, table: str, version: tuple[int, int]) -> common.DataSourceRef:
        """The data source of a table, for a Grafana of this version (major, minor)."""
        kind = sql_type(version) if self.in_sql(table) else INFLUX_TYPE
        return common.DataSourceRef(type_val=kind, uid=data_source_uid(plant, table))


INFLUX = Sources()
"""Everything in InfluxDB."""


def sql_type(version: tuple[int, int]) -> str:
    """What a Grafana of this version calls a data source of PostgreSQL."""
    return "grafana-postgresql-datasource" if version >= OWN_NAME else "postgres"
