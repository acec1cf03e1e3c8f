"""The configurations that a ledger was filled by, each with its time. SQL, no threads.

Old figures are read as the works was then, and units that are gone are known by what they were. Append-only: a row when
the configuration is another than the last one.
"""

from dataclasses import replace
from functools import lru_cache

import apsw

from collector.storage.file.sql import one, rows
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import recording_time
from models.books.claims import Claims, FormerUnit
from models.stated.facts import Facts
from models.works.detection_rules import RuleSet
from models.works.limits import OutputLimits
from models.works.plant import Plant, Tag
from models.works.plant_document import plant_from_json, plant_to_json

SCHEMA = """
CREATE TABLE configuration (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, recorded_ns INTEGER NOT NULL
)
"""
TABLES = ("configuration",)

# One leap over the index a unit: there may be a million figures.
_STATED_UNITS = """
WITH RECURSIVE stated (unit, shop) AS (
    SELECT * FROM (SELECT unit, shop FROM figure WHERE superseded_ns IS NULL ORDER BY unit LIMIT 1)
    UNION ALL
    SELECT next.unit, next.shop FROM stated JOIN figure AS next ON next.id = (
        SELECT id FROM figure AS later WHERE later.superseded_ns IS NULL AND later.unit > stated.unit
        ORDER BY later.unit LIMIT 1
    )
)
SELECT unit, shop FROM stated
"""
ROLL_UP_ANEW = """
INSERT INTO dirty (unit, product, start_s, end_s)
SELECT unit, product, min(start_s), max(end_s) FROM increment JOIN counter ON counter.id = counter
WHERE product != '' GROUP BY unit, product
UNION ALL
SELECT 'all', product, min(start_ns) / 1000000000, max(end_ns) / 1000000000 FROM figure GROUP BY product
"""
"""Everything that was counted or stated is rolled up again."""


class _Documents:
    """The text of the plant that was asked for last. Each statement of a person asks for it, and with 5,000 tags it is
    3 MB, which take 50 ms to write."""

    def __init__(self) -> None:
        self._last: tuple[Plant, str] | None = None

    def of(self, plant: Plant) -> str:
        last = self._last  # another thread may change it meanwhile
        if last is None or last[0] is not plant:
            self._last = last = plant, plant_to_json(plant)
        return last[1]


_DOCUMENTS = _Documents()


def keep(connection: apsw.Connection, plant: Plant, clock_ns: int) -> None:
    """Keep the configuration in the transaction that is under way, if it is not the last one that was kept.

    If it makes other figures than the last one (or if none was kept), all rows are rolled up anew.
    """
    document = _DOCUMENTS.of(plant)
    same = one(connection, "SELECT document = ? FROM configuration ORDER BY id DESC LIMIT 1", (document,))
    if same is not None and same[0]:
        return
    last = newest(connection)
    if last is not None and plant_to_json(last) == document:
        return
    connection.execute(
        "INSERT INTO configuration (document, recorded_ns) VALUES (?, ?)",
        (document, recording_time(connection, clock_ns)),
    )
    if last is None or _makes_figures(last) != _makes_figures(plant):
        connection.execute(ROLL_UP_ANEW)


def facts(connection: apsw.Connection, plant: Plant) -> Facts:
    """What was stated but for figures, under the names of units and shops that `plant` has."""
    return claims(connection, plant).facts(ledger_statements.read(connection, span_ns=None))


def _makes_figures(plant: Plant) -> Plant:
    """The plant with only that of its tags which decides about figures."""
    counters = tuple(
        Tag(
            name=tag.name,
            signal="",
            kind=tag.kind,
            site=tag.site,
            shop=tag.shop,
            unit=tag.unit,
            source="",
            unit_of_measure="",
            cadence_s=tag.cadence_s,
            product=tag.product,
        )
        for tag in plant.tags
        if tag.product is not None
    )
    return replace(plant, tags=counters, detection=RuleSet(), limits=OutputLimits(), source_names={})


def as_of(connection: apsw.Connection, known_ns: int) -> Plant | None:
    """The configuration that held at an instant; before the first that was kept, that one. None if none was."""
    found = one(
        connection, "SELECT document FROM configuration WHERE recorded_ns <= ? ORDER BY id DESC LIMIT 1", (known_ns,)
    ) or one(connection, "SELECT document FROM configuration ORDER BY id LIMIT 1")
    return None if found is None else _plant(str(found[0]))


def collected_since(connection: apsw.Connection, plant: Plant) -> dict[str, int]:
    """By tag of `plant`, since when (UTC ns) a configuration has it, under this name or a former one; without what
    none has that was kept."""
    found: dict[str, int] = {}
    for document, recorded_ns in rows(connection, "SELECT document, recorded_ns FROM configuration ORDER BY id"):
        for name in _tag_names(str(document)):
            found.setdefault(name, int(recorded_ns))
    former = {tag.name: plant.units[tag.unit].renamed_from for tag in plant.tags}
    return {
        tag.name: min(known)
        for tag in plant.tags
        if (
            known := [
                found[name]
                for name in (tag.name, *(f"{unit}.{tag.signal}" for unit in former[tag.name]))
                if name in found
            ]
        )
    }


def newest(connection: apsw.Connection) -> Plant | None:
    """The configuration that was kept last; None if none was."""
    found = one(connection, "SELECT document FROM configuration ORDER BY id DESC LIMIT 1")
    return None if found is None else _plant(str(found[0]))


def claims(connection: apsw.Connection, plant: Plant) -> Claims:
    """Whose tonnes the ledger holds by `plant`."""
    recorded = frozenset(rows(connection, "SELECT tag, unit, product FROM counter"))
    former: dict[str, FormerUnit] = {}
    # Of a unit that was gone before any configuration was kept, its figures say where it stood.
    former.update((str(unit), FormerUnit(str(shop))) for unit, shop in rows(connection, _STATED_UNITS))
    # The last word on each unit counts.
    for key in rows(connection, "SELECT id, recorded_ns, octet_length(document) FROM configuration ORDER BY id"):
        former.update(_UNITS.of(connection, key))
    return Claims(plant, recorded, {code: unit for code, unit in former.items() if code not in plant.units})


@lru_cache(maxsize=256)
def _plant(document: str) -> Plant:
    return plant_from_json(document)


@lru_cache(maxsize=256)
def _tag_names(document: str) -> tuple[str, ...]:
    return tuple(tag.name for tag in _plant(document).tags)


class _Units:
    """The units of configurations that were asked for. A document of 5,000 tags is 3 MB, and each save of a clerk asks
    six times; one that is kept is never another, so its file, number, time and length tell it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[int, int, int]], dict[str, FormerUnit]] = {}

    def of(self, connection: apsw.Connection, key: tuple[int, int, int]) -> dict[str, FormerUnit]:
        place = connection.filename, key
        found = self._known.get(place)
        if found is None:
            (document,) = one(connection, "SELECT document FROM configuration WHERE id = ?", key[:1]) or ("",)
            found = _units(str(document))
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[place] = found
        return found


MOST_KNOWN = 256
"""Of all ledgers of a process: it has one, and a works changes its configuration some times a month."""
_UNITS = _Units()


def _units(document: str) -> dict[str, FormerUnit]:
    plant = _plant(document)
    return {
        code: FormerUnit(
            unit.shop,
            frozenset(report.product for report in plant.reported if code not in report.counted_at),
        )
        for code, unit in plant.units.items()
    }
