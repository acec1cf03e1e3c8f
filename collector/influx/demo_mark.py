"""The mark that keeps simulated figures out of a real bucket, and real ones out of a demo's.

A bucket that a simulated site writes holds one point in the table `tundish_simulated`. The point is stamped far in
the future, so that no retention lets it expire before the figures that it speaks of.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from collector.errors import CannotStart, SinkRejected, SinkUnavailable
from collector.influx.client import Series
from collector.influx.delivery import Writer
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.influx.retry import Retry
from collector.influx.settings import InfluxSettings
from models.tables.influxql import identifier
from models.tables.shapes import MARK
from models.works.table import Row, RowKey

# 2100-01-01: beyond any retention, and still within what both dialects store (until 2262).
MARK_TIME_NS = 4_102_444_800 * 10**9


class Client(Writer, Protocol):
    """What is used of InfluxClient."""

    async def query(self, bucket: str, influxql: str) -> list[Series]:
        """The series of one InfluxQL statement that reads."""
        ...


async def await_mark(check: Callable[[], Awaitable[None]]) -> None:
    """Checks, waiting for the database as long as it takes. Send nothing before. Raises CannotStart."""
    retry = Retry("mark")
    while True:
        try:
            await check()
        except (SinkUnavailable, SinkRejected) as error:  # a mark that is refused is the fault of what stands before it
            await retry.failed(error)
            continue
        retry.succeeded()
        return


async def check_mark(
    client: Client, settings: InfluxSettings, site: str, *, simulated: bool, buckets: Sequence[str] = ()
) -> None:
    """Marks empty buckets for a simulated site. Raises CannotStart if a bucket is not for this kind of site.

    `buckets`: those that are written to (default: both). Raises SinkUnavailable while the database cannot tell.
    """
    buckets = buckets or (settings.bucket, settings.raw_bucket)
    if not simulated:
        for bucket in buckets:
            if await _is_marked(client, bucket):
                raise CannotStart(
                    f"bucket {bucket} at {settings.url} holds figures of a simulated works; "
                    "name another bucket for the real one, or set site.simulated in the configuration"
                )
        return
    # Both are judged before either is marked: a refusal leaves nothing behind.
    unmarked = [bucket for bucket in buckets if not await _is_marked(client, bucket)]
    for bucket in unmarked:
        if await client.query(bucket, "SHOW MEASUREMENTS LIMIT 1"):
            raise CannotStart(
                f"bucket {bucket} at {settings.url} already holds figures and no mark of a simulated works; "
                "give the simulated works an empty bucket of its own"
            )
    for bucket in unmarked:
        await client.write(bucket, gzip_member(encode_rows([mark_row(site)]).data))


async def _is_marked(client: Client, bucket: str) -> bool:
    condition = f"time >= {MARK_TIME_NS} AND time <= {MARK_TIME_NS}"
    return bool(await client.query(bucket, f"SELECT * FROM {identifier(MARK.name)} WHERE {condition}"))  # noqa: S608


def mark_row(site: str) -> Row:
    """The mark of a simulated site, the same in every database."""
    return Row(RowKey.of(MARK.name, MARK_TIME_NS, {"site": site}), {"simulated": 1})
