"""A database in memory, told as InfluxDB is: points by their keys, with the fields of every write."""

from collector.influx.line_reader import read_line
from collector.influx.stored_lines import unpack
from models.works.table import FieldValue, RowKey


class MemoryDatabase:
    """By bucket and key, the fields. `writes`: how many requests it took."""

    def __init__(self) -> None:
        self.points: dict[str, dict[RowKey, dict[str, FieldValue]]] = {}
        self.writes = 0

    async def write(self, bucket: str, body: bytes) -> None:
        self.writes += 1
        for line in unpack(body):
            row = read_line(line)
            self.points.setdefault(bucket, {}).setdefault(row.key, {}).update(row.fields)

    async def delete_point(self, bucket: str, key: RowKey) -> None:
        self.points.get(bucket, {}).pop(key, None)
