"""Times in rows: the same texts mean the same instants in files, databases, web services, historians and messages."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from collector.sources.files.cells import CellReader
from collector.sources.files.config import FilesConfig
from collector.sources.http.config import HttpConfig
from collector.sources.influx.config import InfluxConfig
from collector.sources.kafka.config import KafkaConfig
from collector.sources.messages import BrokerMessage, read_message
from collector.sources.mqtt.config import MqttConfig
from collector.sources.row_times import RowTimes
from collector.sources.rows import RowAddress, RowsRead, RowTag, read_rows
from collector.sources.sql.config import SqlConfig
from models.works.calendar import NS
from tests.models.counting.counter_book import totalizer

ALMATY, BERLIN = ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Berlin")
NOW_NS = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()) * NS
TAG = RowTag(0, totalizer(), RowAddress(time="at", value="v"))


def by_rows(text: object, zone: ZoneInfo, time_format: str | None) -> int | None:
    times = RowTimes(zone, time_format)
    read = read_rows([{"at": text, "v": 1.0}], [TAG], "lab", NOW_NS, times, comes_again=True)
    return read.readings[0][2] if read.readings else None


def by_message(text: object, zone: ZoneInfo, time_format: str | None) -> int | None:
    message = BrokerMessage("t", json.dumps({"at": text, "v": 1.0}).encode(), NOW_NS, NOW_NS)
    read = read_message(message, [TAG], "line", RowTimes(zone, time_format, {}))
    return read.readings[0][2] if read.readings else None


def by_file(text: object, zone: ZoneInfo, time_format: str | None) -> int | None:
    assert isinstance(text, str)
    return CellReader(zone, time_format).instant(text, 0)


Way = Callable[[object, ZoneInfo, str | None], int | None]


@pytest.mark.parametrize("way", [by_rows, by_message, by_file])
@pytest.mark.parametrize(
    ("text", "time_format", "utc"),
    [
        ("2026-09-30 08:00", None, (3, 0)),
        ("2026-09-30T08:00:00", None, (3, 0)),
        ("30.09.2026 08:00", None, (3, 0)),
        ("30.09.2026 08:00:00", None, (3, 0)),
        ("30.9.2026 8:00", None, (3, 0)),
        ("30.09.2026 08:00+03:00", None, (5, 0)),
        ("2026-09-30T08:00:00Z", None, (8, 0)),
        ("30/09/2026 08:00", "%d/%m/%Y %H:%M", (3, 0)),
        ("09-30-26 8:00 PM", "%m-%d-%y %I:%M %p", (15, 0)),
        ("30/09/2026 08:00 +0300", "%d/%m/%Y %H:%M %z", (5, 0)),
        ("1790737200", None, (3, 0)),
    ],
)
def test_a_time_is_read_alike_by_every_way_in(
    way: Way, text: str, time_format: str | None, utc: tuple[int, int]
) -> None:
    assert way(text, ALMATY, time_format) == int(datetime(2026, 9, 30, *utc, tzinfo=UTC).timestamp()) * NS


@pytest.mark.parametrize("way", [by_rows, by_message])
@pytest.mark.parametrize(
    "text", ["31.09.2026 08:00", "30/09/2026 08:00", "yesterday", "", "30.09.2026 25:00", [1], True]
)
def test_what_is_no_time_is_refused(way: Way, text: object) -> None:
    assert way(text, ALMATY, None) is None


def test_the_refusal_says_what_would_be_read() -> None:
    def detail(time_format: str | None) -> str:
        times = RowTimes(ALMATY, time_format)
        (told,) = read_rows([{"at": "soon", "v": 1}], [TAG], "lab", NOW_NS, times, comes_again=False).rejections
        return told.detail

    assert detail(None) == (
        "'soon' is not a time: write 2026-09-30 08:00 or 30.09.2026 08:00, or give its source time_format"
    )
    assert detail("%d/%m/%Y") == (
        "'soon' is not a time in the format %d/%m/%Y: correct the row, or time_format in plant.yaml"
    )


LOCAL = ["25.10.2026 02:30", "25.10.2026 02:55", "25.10.2026 02:05", "25.10.2026 02:40", "25.10.2026 03:01"]
"""A night in which clocks are put back from 03:00 to 02:00, a row each 25 to 35 minutes."""
TRUE = [(0, 30), (0, 55), (1, 5), (1, 40), (2, 1)]


def instants_of(read: RowsRead) -> list[int]:
    return [time_ns for _, _, time_ns, _ in read.readings]


def test_messages_and_files_tell_the_second_of_an_hour_that_comes_twice_by_their_order() -> None:
    true = [int(datetime(2026, 10, 25, *at, tzinfo=UTC).timestamp()) * NS for at in TRUE]
    times, cells, before_ns = RowTimes(BERLIN, None, {}), CellReader(BERLIN), 0
    told: list[int] = []
    filed: list[int] = []
    for text in LOCAL:
        message = BrokerMessage("t", json.dumps({"at": text, "v": 1.0}).encode(), NOW_NS, NOW_NS)
        told += instants_of(read_message(message, [TAG], "line", times))
        before_ns = cells.instant(text, before_ns)
        filed.append(before_ns)
    assert told == filed == true


def test_rows_that_are_asked_for_again_mean_the_first_hour_always_and_so_no_row_counts_twice() -> None:
    rows = [{"at": text, "v": 1.0} for text in LOCAL]
    times = RowTimes(BERLIN)
    whole = instants_of(read_rows(rows, [TAG], "lab", NOW_NS, times, comes_again=True))
    again = instants_of(read_rows(rows[2:], [TAG], "lab", NOW_NS, times, comes_again=True))
    assert whole[2:] == again


MINIMAL = {
    FilesConfig: {"type": "files", "folder": "drop", "kinds": {"a": {"files": ["*.csv"]}}},
    HttpConfig: {"type": "http", "url": "https://mes.works.example", "requests": {"a": {"path": "/a", "rows": "a"}}},
    SqlConfig: {
        "type": "sql",
        "driver": "sqlite",
        "database": "a.db",
        "queries": {"a": "SELECT a FROM b WHERE a >= :since ORDER BY a"},
    },
    MqttConfig: {"type": "mqtt", "host": "broker.works.example", "tls": True},
    KafkaConfig: {"type": "kafka", "servers": ["kafka1.works.example:9093"]},
    InfluxConfig: {
        "type": "influx",
        "url": "http://127.0.0.1:8086",
        "database": "a",
        "queries": {"a": "SELECT a FROM b WHERE time >= :since AND time < :until"},
    },
}


@pytest.mark.parametrize("config", list(MINIMAL), ids=lambda config: config.__name__)
def test_every_source_of_rows_takes_a_zone_and_a_format_of_times_and_refuses_a_wrong_one(config: type) -> None:
    made = config.model_validate(
        MINIMAL[config] | {"name": "s", "zone": "Asia/Almaty", "time_format": "%d/%m/%Y %H:%M"}
    )
    assert (made.zone, made.time_format) == ("Asia/Almaty", "%d/%m/%Y %H:%M")
    for wrong, said in (
        ("dd.mm.yyyy", "lacks the day, the month or the year"),
        ("%H:%M", "lacks"),
        ("%Q", "no format"),
    ):
        with pytest.raises(ValidationError, match=said):
            config.model_validate(MINIMAL[config] | {"name": "s", "time_format": wrong})
