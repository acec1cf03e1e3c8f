"""Configurations in the ledger: kept when they change, read as of a time, rolled up anew if they change figures."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import apsw

from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from models.works.in_service import InService
from models.works.plant import Plant
from models.works.plant_document import plant_from_json, plant_to_json
from tests.models.tables.test_hour_rows import PLANT

FIRST_NS, SECOND_NS = 1_000 * 10**9, 2_000 * 10**9


async def kept(ledger: Ledger, plant: Plant, at_ns: int) -> int:
    """Keep a configuration; how many spans are dirty after that."""

    def post(connection: apsw.Connection) -> int:
        connection.execute("DELETE FROM dirty")
        configurations.keep(connection, plant, at_ns)
        return int(connection.execute("SELECT count(*) FROM dirty").fetchone()[0])

    return await ledger.write(post)


async def test_a_configuration_is_kept_when_it_changes_and_found_by_its_time(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path, clock_ns=lambda: 0, demo=False)
    came = replace(PLANT.units["bf2"], in_service=InService(first=date(2025, 3, 10)))
    other = replace(PLANT, units={**PLANT.units, "bf2": replace(came, renamed_from=("dp2",))})
    try:
        await kept(ledger, PLANT, FIRST_NS)
        await kept(ledger, PLANT, FIRST_NS + 1)
        await kept(ledger, other, SECOND_NS)
        read = ledger.read
        assert read(lambda connection: len(list(connection.execute("SELECT 1 FROM configuration")))) == 2
        assert read(lambda connection: configurations.as_of(connection, SECOND_NS - 1)) == PLANT
        assert read(lambda connection: configurations.as_of(connection, SECOND_NS + 1)) == other
        assert read(lambda connection: configurations.as_of(connection, 0)) == PLANT, "the first is the nearest"
    finally:
        await ledger.close()


async def test_a_large_document_is_read_once_and_each_ledger_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first = Ledger.open(tmp_path, clock_ns=lambda: 0, demo=False)
    second = Ledger.open(tmp_path / "other", clock_ns=lambda: 0, demo=False)
    gone = replace(PLANT, units={code: unit for code, unit in PLANT.units.items() if code != "bf2"})
    asked: list[str] = []

    def former(connection: apsw.Connection) -> frozenset[str]:
        asked.clear()
        connection.set_exec_trace(lambda _cursor, sql, _values: asked.append(sql) or True)
        try:
            return frozenset(configurations.claims(connection, gone).former)
        finally:
            connection.set_exec_trace(None)

    try:
        await kept(first, PLANT, FIRST_NS)
        await kept(second, gone, FIRST_NS)
        assert first.read(former) == {"bf2"}
        assert first.read(former) == {"bf2"}
        assert not any(sql.startswith("SELECT document") for sql in asked)
        assert second.read(former) == frozenset()
        await kept(second, PLANT, SECOND_NS)
        assert second.read(former) == {"bf2"}, "a document that came since"
    finally:
        await first.close()
        await second.close()


async def test_only_what_makes_other_figures_is_rolled_up_anew(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path, clock_ns=lambda: 0, demo=False)

    def figure(connection: apsw.Connection) -> None:
        connection.execute(
            "INSERT INTO figure (start_ns, end_ns, shop, unit, product, grams, basis, status, key, definition, origin, "
            "recorded_ns) VALUES (0, 86400000000000, 'iron', 'bf2', 'pig_iron', 1, '', 0, '', '', '', 0)"
        )

    try:
        await ledger.write(figure)
        assert await kept(ledger, PLANT, FIRST_NS) == 1, "nobody knows by which configuration it was rolled up before"
        louder = replace(PLANT, tags=tuple(replace(tag, high=5.0) for tag in PLANT.tags))
        assert await kept(ledger, louder, FIRST_NS + 1) == 0
        target = replace(PLANT.units["bf2"], daily_target_t={"pig_iron": 5.0})
        assert await kept(ledger, replace(PLANT, units={**PLANT.units, "bf2": target}), SECOND_NS) == 1
    finally:
        await ledger.close()


def test_a_plant_that_was_kept_is_the_same_when_it_is_read() -> None:
    assert plant_from_json(plant_to_json(PLANT)) == PLANT
