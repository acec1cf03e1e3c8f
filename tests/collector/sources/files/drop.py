"""A drop folder for tests, its source, and what came of it."""

from datetime import UTC, datetime
from pathlib import Path

from collector.sources.base import Delivery, SourceContext
from collector.sources.files import SOURCE
from collector.sources.polling import PollingSource
from models.works.codes import TagKind
from models.works.plant import Conversion, Tag

NOON = datetime(2026, 9, 30, 7, 0, tzinfo=UTC)
"""12:00 in Almaty."""
NOW_NS = round(NOON.timestamp()) * 10**9
LADLES = "Ковш;№ плавки;Вес, кг;Взвешен\n"


def tag(name: str, kind: TagKind = TagKind.EVENT, **keys: object) -> Tag:
    given = {"unit_of_measure": "t", "cadence_s": 60, "product": "pig_iron"} | keys
    return Tag(
        name=f"bf3.{name}", signal=name, kind=kind, site="works", shop="iron", unit="bf3", source="drop", **given
    )


def address(**keys: object) -> object:
    return SOURCE.address.model_validate({"file": "ladles"} | keys)


EVENTS = address(key="№ плавки", tonnes="вес, кг", end="Взвешен")


def source(
    folder: Path, *tags: tuple[Tag, object], newest_ns: dict[str, int] | None = None, **keys: object
) -> PollingSource:
    (folder / "drop").mkdir(exist_ok=True)
    given = {
        "name": "drop",
        "type": "files",
        "folder": "drop",
        "zone": "Asia/Almaty",
        "kinds": {"ladles": {"files": ["*.csv", "*.xlsx"]}},
        "poll": "20ms",
        "settle": "50ms",
    } | keys
    only_looks = bool(given.pop("only_looks", False))
    told = tags or ((tag("taps", conversion=Conversion(0.001)), EVENTS),)
    context = SourceContext(
        [(index, *one) for index, one in enumerate(told)],
        folder,
        {},
        lambda: NOW_NS,
        newest_ns=newest_ns or {},
        only_looks=only_looks,
    )
    return SOURCE.build(SOURCE.config.model_validate(given), context)


def told(got: list[Delivery]) -> list[tuple[str, float, str]]:
    return [
        (event.key, event.tonnes, datetime.fromtimestamp(event.end_ns / 1e9, UTC).isoformat())
        for delivery in got
        for event in delivery.events
    ]


def read(got: list[Delivery]) -> list[tuple[int, float, int]]:
    """(tag, value, seconds before noon)."""
    batches = [delivery.readings for delivery in got if delivery.readings is not None]
    return [
        (int(batch.tags[row]), float(batch.values[row]), (NOW_NS - int(batch.times_ns[row])) // 10**9)
        for batch in batches
        for row in range(len(batch))
    ]


def drop(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / "drop" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def there(folder: Path, where: str) -> set[str]:
    """What was put away there; nothing while a report alone stands there, for the file comes after it."""
    names = {path.name for path in (folder / "drop" / where).glob("*")}
    return names if any(not name.endswith(".report.txt") for name in names) else set()
