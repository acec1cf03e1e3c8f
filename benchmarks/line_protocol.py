"""Microseconds of CPU a reading: our encoder, gzip, and influxdb-client's Point objects, in one run on the same batch.

Run: python -m benchmarks.line_protocol
"""

import gzip
import statistics
import time
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from influxdb_client.client.write.point import Point
from rich.console import Console
from rich.table import Table

from collector.influx.line_protocol import TelemetryEncoder
from collector.influx.number_text import number_texts
from collector.influx.packing import gzip_member
from models.counting.reading import ReadingBatch
from models.works.codes import Quality, TagKind
from models.works.plant import Tag

READINGS = 5_000
"""One poll of a large works, as in benchmarks.end_to_end."""
ROUNDS = 15
"""A judgement: the whole run stays under half a minute, and the median is one of the rounds."""


def main() -> None:
    """Prints the table."""
    tags = [gauge_tag(number) for number in range(READINGS)]
    encoder = TelemetryEncoder(tags, "temirtau")
    one_stamp = _batch(stamps=1)
    own_stamps = _batch(stamps=READINGS)
    data = encoder.encode(one_stamp).data
    rows = [
        ("encode, one time stamp a poll", lambda: encoder.encode(one_stamp)),
        ("encode, a time stamp a reading", lambda: encoder.encode(own_stamps)),
        ("of that, the values' text", lambda: number_texts(own_stamps.values)),
        ("the same by repr", lambda: [repr(value) for value in own_stamps.values.tolist()]),
        (f"gzip level 1, {len(data) / len(gzip_member(data)):.1f} : 1", lambda: gzip_member(data)),
        (f"the same by zlib, {len(data) / len(zlib.compress(data, 1)):.1f} : 1", lambda: zlib.compress(data, 1)),
        ("gzip level 9 (the library's enable_gzip)", lambda: gzip.compress(data)),
        ("influxdb-client Point", lambda: _points(tags, one_stamp)),
    ]
    table = Table(
        "work", "us a reading", "readings a CPU-second", title=f"{READINGS} readings, medians of {ROUNDS} rounds"
    )
    for name, work in rows:
        us = _median_us(work) / READINGS
        table.add_row(name, f"{us:.2f}", f"{1e6 / us:,.0f}")
    Console().print(table)


def _median_us(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start_ns = time.process_time_ns()
        work()
        times.append(time.process_time_ns() - start_ns)
    return statistics.median(times) / 1000


def _points(tags: list[Tag], batch: ReadingBatch) -> bytes:
    lines = []
    columns = zip(batch.tags.tolist(), batch.values.tolist(), batch.times_ns.tolist(), strict=True)
    for index, value, time_ns in columns:
        tag = tags[index]
        point: Any = Point("telemetry")  # type: ignore[no-untyped-call]
        point.tag("site", tag.site).tag("shop", tag.shop).tag("unit", tag.unit)
        point.tag("signal", tag.signal).field("value", value).field("quality", 2).time(time_ns)
        lines.append(point.to_line_protocol())
    return "\n".join(lines).encode()


def _batch(stamps: int) -> ReadingBatch:
    random = np.random.default_rng(1)
    return ReadingBatch(
        "plc",
        0,
        np.arange(READINGS, dtype=np.int32),
        random.normal(2_500.0, 40.0, READINGS),
        1_760_000_000 * 10**9 + np.arange(READINGS, dtype=np.int64) % stamps,
        np.full(READINGS, Quality.GOOD, np.uint8),
    )


def gauge_tag(number: int) -> Tag:
    """One of the tags that the benchmarks write."""
    return Tag(
        name=f"bf3.signal_{number}",
        signal=f"signal_{number}",
        kind=TagKind.GAUGE,
        site="temirtau",
        shop="blast_furnaces",
        unit="bf3",
        source="plc",
        unit_of_measure="t/h",
        cadence_s=1.0,
    )


if __name__ == "__main__":
    main()
