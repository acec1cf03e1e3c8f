"""What people state of projects and indicators beside a service is in its database, and goes when it is no more."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import apsw
import pytest

from collector.config.settings import Settings
from collector.entries.database_image import verify_table
from collector.entries.entry_file import EntryFile
from collector.entries.measures import record_measures, record_milestones
from collector.service.publishing import Publishing
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTable, StatedTables
from collector.storage.ledger import outbox
from models.stated.measure import MeasureKind, StatedMeasure
from models.stated.milestone_word import MilestoneWord
from models.tables.indicator_rows import INDICATOR_TABLE
from models.tables.project_rows import PROJECT_TABLE
from models.tables.shapes import CALCULATED, by_name
from models.works.month import shifted
from models.works.table import Row, RowKey
from tests.collector.service.real_databases import RealDatabase, database, server
from tests.collector.service.steel_works import Clock, WorksParts, opened_parts
from tests.collector.service.works_document import NOON_NS, NS, works_settings

__all__ = ["database", "server"]

ALL_TIME = 0, 9_000_000_000 * NS
DAY_NS = 86_400 * NS
AUGUST = date(2026, 8, 1).toordinal()
SECTIONS = {
    "projects": [
        {
            "code": "mill", "names": {"en": 'Section "mill"', "ru": "Сортовой стан"}, "owner": "A. B.",
            "currency": "KZT", "budget": 95000,
            "milestones": [{"code": "furnace", "names": {"en": "Furnace fired"}, "planned": "2026-09-30"}],
        },
        {"code": "line", "names": {"en": "Line"}, "owner": "C.", "currency": "USD", "amounts_in": "thousands"},
    ],
    "indicators": [
        {
            "code": "output", "names": {"en": "Industrial output", "kk": "Өнеркәсіп"},
            "unit_of_measure": {"en": "bn tenge"}, "definition": "all; of 'them', without \\ quarries",
        }
    ],
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return works_settings(tmp_path, **SECTIONS)


def stated(kind: MeasureKind, value: str, subject: str = "mill", **changes: object) -> StatedMeasure:
    known = StatedMeasure(
        subject=subject, kind=kind, start=AUGUST, end=shifted(AUGUST, 1), value=Decimal(value), growth_pct=None,
        source="Act 17", stated_on=shifted(AUGUST, 1) + 9, author="P.",
    )  # fmt: skip
    return replace(known, **changes)  # type: ignore[arg-type]


def tables(parts: WorksParts, settings: Settings) -> StatedTables:
    return StatedTables(parts.ledger, Publishing(to_outbox=True), stated_tables(settings), parts.clock)


def published(parts: WorksParts, table: str) -> list[Row]:
    return parts.ledger.read(lambda connection: outbox.published(connection, table, *ALL_TIME))


async def test_what_is_stated_beside_the_service_is_in_a_real_database_and_goes_with_its_project(
    settings: Settings, database: RealDatabase
) -> None:
    entries = EntryFile(settings, Clock())
    async with opened_parts(settings.data_dir, settings.plant, telemetry=True) as parts:
        sending, ours = database.sending(parts), tables(parts, settings)
        await sending.check()

        async def sent() -> dict[str, dict[RowKey, dict[str, object]]]:
            await ours.run()
            await sending.drain()
            for table in (PROJECT_TABLE, INDICATOR_TABLE):
                verified = await verify_table(entries, table, database.read, lambda _share: None)
                assert verified.difference.keys == (), "the database has what was published, to the last digit"
            return {
                table: {key: dict(fields) for key, fields in (await database.read(table, *ALL_TIME)).items()}
                for table in (PROJECT_TABLE, INDICATOR_TABLE)
            }

        first = await sent()
        assert {dict(key.tags)["project"] for key in first[PROJECT_TABLE]} == {"mill", "line"}
        assert first[INDICATOR_TABLE] == {}

        numbers = [stated(MeasureKind.PAID, "2500.5"), stated(MeasureKind.WORK_DONE, "7", "line")]
        value = stated(MeasureKind.VALUE, "410.5", "output", growth_pct=Decimal("7.1"))
        record_measures(entries, [*numbers, value], "file.csv")
        found = await sent()
        by_project = {
            (dict(key.tags)["project"], fields["period"]): fields for key, fields in found[PROJECT_TABLE].items()
        }
        assert by_project["mill", "2026-08"]["paid"] == 2_500_500_000.0
        assert by_project["line", "2026-09"]["work_done_to_date"] == 7000.0
        assert by_project["mill", "2026-09"]["name_en"] == 'Section "mill"'
        ((indicator, fields),) = found[INDICATOR_TABLE].items()
        assert dict(indicator.tags)["span"] == "month"
        assert (fields["growth_pct"], fields["definition"]) == (7.1, "all; of 'them', without \\ quarries")

        correction = stated(MeasureKind.PAID, "2400", stated_on=shifted(AUGUST, 1) + 19)
        record_measures(entries, [correction], "file.csv")
        record_milestones(
            entries,
            [
                MilestoneWord(
                    project="mill", milestone="furnace", forecast=shifted(AUGUST, 3), fact=None, source="Minutes",
                    stated_on=AUGUST, author="P.",
                )
            ],
        )  # fmt: skip
        mill = {
            str(fields["period"]): fields
            for key, fields in (await sent())[PROJECT_TABLE].items()
            if dict(key.tags)["project"] == "mill"
        }
        assert (mill["2026-08"]["paid"], mill["2026-08"]["milestones_late"]) == (2_400_000_000.0, 1)
        assert mill["2026-09"]["days_late"] == 32

        # The configuration is another: what it does not have any more is withdrawn.
        ours = tables(parts, replace(settings, projects=settings.projects[1:], indicators=()))
        left = await sent()
        assert {dict(key.tags)["project"] for key in left[PROJECT_TABLE]} == {"line"}
        assert left[INDICATOR_TABLE] == {}
        await sending.close()


async def test_a_day_that_begins_makes_a_milestone_later_and_a_month_gets_its_row(settings: Settings) -> None:
    clock = Clock()
    async with opened_parts(settings.data_dir, settings.plant, clock=clock) as parts:
        ours = tables(parts, settings)
        await ours.run()
        late = {str(row.fields["period"]): row.fields["days_late"] for row in published(parts, PROJECT_TABLE)}
        assert late == {"2026-09": 0}
        clock.now_ns = NOON_NS + DAY_NS
        await ours.run()
        of_mill = [row for row in published(parts, PROJECT_TABLE) if dict(row.key.tags)["project"] == "mill"]
        assert [(row.fields["period"], row.fields["days_late"]) for row in of_mill] == [("2026-10", 1)], (
            "nothing is stated of September, so it has no row any more"
        )


@dataclass
class Counted:
    """A table whose rows are counted as they are made."""

    rows: list[Row]
    version: int = 0
    since_ns: int = 0
    made: int = 0
    table: StatedTable = field(init=False)

    def __post_init__(self) -> None:
        self.table = StatedTable("balance", lambda _, __: (self.version,), self._make, lambda _: self.since_ns)

    def _make(self, _connection: apsw.Connection, _now_ns: int) -> list[Row]:
        self.made += 1
        return self.rows


def row(time_ns: int, value: float = 1.0) -> Row:
    return Row(RowKey.of("balance", time_ns, {"site": "works", "node": "ore"}), {"residual_t": value})


async def test_rows_are_made_only_when_something_was_stated_and_only_what_differs_is_queued(
    settings: Settings,
) -> None:
    counted = Counted([row(number) for number in range(5000)])
    async with opened_parts(settings.data_dir, settings.plant) as parts:
        ours = StatedTables(parts.ledger, Publishing(to_outbox=True), (counted.table,), parts.clock)

        async def queued(*, again: bool = True) -> int:
            counted.version += again
            await parts.ledger.write(lambda connection: connection.execute("DELETE FROM outbox").fetchall())
            await ours.run()
            return parts.ledger.read(outbox.size)

        assert await queued() == 5000
        assert (await queued(again=False), counted.made) == (0, 1)
        assert (await queued(), counted.made) == (0, 2)
        counted.rows = [row(0, 2.0), *counted.rows[2:]]
        assert await queued() == 2, "one row that changed, and one that is no more"
        counted.rows, counted.since_ns = [row(4999, 3.0)], 4000
        assert await queued() == 1000
        assert len(published(parts, "balance")) == 3999 + 1, "those before the instant stay as they are"


def test_every_table_that_is_made_anew_is_one_of_the_contract(settings: Settings) -> None:
    assert {each.name for each in stated_tables(settings)} <= set(by_name(CALCULATED))
