"""What is published of a signed day is as final as its report says: in the tables, by the API and on the receipt."""

import json
from datetime import date, timedelta
from pathlib import Path

import apsw
import pytest

from collector.cli.desk_figures import DeskFigures
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import outbox
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.schema import LEDGER
from models.access.sign_desk import AskedSignature
from models.access.user import User
from models.stated.signature import WORKS
from models.tables.asked_figures import AskedFigures, FigureGrain
from models.tables.receipt_record import AskedReceipt
from models.tables.row_fields import DAY_TABLE, MONTH_TABLE
from models.works.calendar import date_bounds
from models.works.place import ALL, Place
from tests.collector.entries.conftest import Command
from tests.collector.entries.signed_works import (
    DAY,
    DIRECTOR,
    MADE,
    MINER,
    SMELTER,
    SignedWorks,
    figures,
)

Statuses = dict[str, int]
FIRST = (DAY.replace(day=1) - timedelta(days=1)).replace(day=1)
"""Of the month before: all of it is over."""


@pytest.fixture
def signing(tmp_path: Path, works: Path, tundish: Command) -> SignedWorks:
    return SignedWorks(tmp_path, works, tundish)


def place(tags: dict[str, object]) -> str:
    return f"{tags['shop']}/{tags['unit']}/{tags['product']}"


def tables(signing: SignedWorks, table: str, day: date) -> Statuses:
    """The status of each published row."""
    span = date_bounds(signing.settings.plant.zone, day)
    rows = EntryFile(signing.settings).read(lambda connection: outbox.published(connection, table, *span))
    return {place(dict(row.key.tags)): int(row.fields["status"]) for row in rows}


def report(signing: SignedWorks, kind: str, period: str) -> Statuses:
    rows = json.loads(signing.command("report", kind, "--period", period, "--json").out)
    return {place(row): row["status"] for row in rows}


def api(signing: SignedWorks, grain: FigureGrain, day: date) -> Statuses:
    asked = AskedFigures(grain, day.toordinal(), day.toordinal() + 1)
    found = DeskFigures(signing.settings).figures(asked)
    return {place(dict(row.key.tags)): int(row.fields["status"]) for row in found}


def receipt(signing: SignedWorks, at: Place, first: date, end: date) -> int:
    desk = LedgerDesk(signing.settings.plant, signing.settings.data_dir / LEDGER.name)
    record = desk.receipt(AskedReceipt(at, first.toordinal(), end.toordinal()), signing.clock())
    assert record is not None
    return int(record.receipt.status)


def agreed(signing: SignedWorks) -> Statuses:
    """The statuses of the day, which tables, report, API and receipts have alike."""
    found = tables(signing, DAY_TABLE, DAY)
    assert found == report(signing, "day", str(DAY)) == api(signing, FigureGrain.DAY, DAY)
    for shop, unit, product in (("mines", "mine1", "coal_raw"), ("iron", "bf3", "pig_iron"), (ALL, ALL, "coal_raw")):
        level = "site" if shop == ALL else "unit"
        at = Place(level, shop, unit, product)
        assert receipt(signing, at, DAY, DAY + timedelta(days=1)) == found[f"{shop}/{unit}/{product}"]
    return found


def test_a_signature_makes_rows_refined_a_correction_takes_it_and_a_new_one_gives_it_back(signing: SignedWorks) -> None:
    assert set(agreed(signing).values()) == {0}
    signing.sign(MINER, "mines")
    found = agreed(signing)
    assert {at for at, status in found.items() if status} == {at for at in found if at.startswith("mines/")}
    signing.sign(SMELTER, "iron")
    assert {at for at, status in agreed(signing).items() if not status} == {"all/all/coal_raw", "all/all/pig_iron"}
    signing.sign(DIRECTOR, WORKS)
    assert set(agreed(signing).values()) == {1}
    assert "not refined yet" not in signing.command("verify").out

    signing.correct("mine1", "coal_raw", 890)
    found = agreed(signing)
    assert {at for at, status in found.items() if status} == {"iron/bf3/pig_iron", "iron/all/pig_iron"}, (
        "the furnaces stay signed; pig iron of the works does not: its signature rested on the mines'"
    )
    signing.sign(MINER, "mines")
    assert found["all/all/coal_raw"] == agreed(signing)["all/all/coal_raw"] == 0
    signing.sign(DIRECTOR, WORKS)
    assert set(agreed(signing).values()) == {1}
    assert "3 signatures hold; 2 were replaced" in signing.command("verify").out


def test_counting_a_signed_day_again_sends_none_of_its_rows_again(signing: SignedWorks) -> None:
    file = EntryFile(signing.settings)

    def empty(connection: apsw.Connection) -> None:
        connection.execute("UPDATE published SET queued = 1; DELETE FROM outbox")

    def queued(connection: apsw.Connection) -> list[tuple[str, str]]:
        items, _ = outbox.take(connection, 1000)
        return [
            (item.key.table, place(dict(item.key.tags)))
            for item in items
            if item.key.time_ns == date_bounds(signing.settings.plant.zone, DAY)[0] and item.key.table == DAY_TABLE
        ]

    file.write(empty)
    signing.sign_all()
    assert len(file.read(queued)) == len(tables(signing, DAY_TABLE, DAY)), "the database is sent each row as signed"
    file.write(empty)
    # The days after a changed one are computed anew.
    signing.state(figures(*MADE, day=DAY - timedelta(days=1)))
    signing.count()
    assert file.read(queued) == []
    assert set(tables(signing, DAY_TABLE, DAY).values()) == {1}


def test_signatures_of_a_version_that_showed_them_in_reports_alone_are_shown_when_the_service_starts(
    signing: SignedWorks,
) -> None:
    signing.sign_all()

    def forget(connection: apsw.Connection) -> None:
        connection.execute("UPDATE published SET fields = replace(fields, '\"status\":1', '\"status\":0')")
        connection.execute("DELETE FROM meta WHERE key = 'signature'")

    EntryFile(signing.settings).write(forget)
    rows = len(tables(signing, DAY_TABLE, DAY))
    assert f"{rows} published rows are signed and not refined yet" in signing.command("verify").out
    signing.count()
    assert set(agreed(signing).values()) == {1}
    assert "not refined yet" not in signing.command("verify").out


@pytest.fixture
def month(signing: SignedWorks) -> SignedWorks:
    """With figures of each day of a month that is over, and each day signed but the last."""
    signing.state(figures(*MADE, day=FIRST).rstrip() + "\n" + later_days())
    signing.count()
    for day in month_days()[:-1]:
        sign_day(signing, day)
    return signing


def month_days() -> list[date]:
    end = (FIRST + timedelta(days=32)).replace(day=1)
    return [FIRST + timedelta(days=at) for at in range((end - FIRST).days)]


def later_days() -> str:
    return "".join(figures(*MADE, day=day).partition("\n")[2] for day in month_days()[1:])


def sign_day(signing: SignedWorks, day: date, *who: tuple[User, str]) -> None:
    for user, scope in who or ((MINER, "mines"), (SMELTER, "iron"), (DIRECTOR, WORKS)):
        found = {each.judged.scope: each.judged for each in signing.desk.day(day.toordinal()).scopes}
        signing.desk.sign(user, AskedSignature(day.toordinal(), scope, found[scope].seen, ""))


def agreed_month(signing: SignedWorks) -> Statuses:
    found = tables(signing, MONTH_TABLE, FIRST)
    assert found == report(signing, "month", f"{FIRST:%Y-%m}") == api(signing, FigureGrain.MONTH, FIRST)
    at = Place("unit", "mines", "mine1", "coal_raw")
    assert receipt(signing, at, FIRST, month_days()[-1] + timedelta(days=1)) == found["mines/mine1/coal_raw"]
    return found


@pytest.mark.long
def test_a_month_is_refined_once_each_of_its_days_is_signed_and_its_days_make_it_up(month: SignedWorks) -> None:
    assert set(agreed_month(month).values()) == {0}, "its last day is not signed"
    sign_day(month, month_days()[-1], (MINER, "mines"))
    found = agreed_month(month)
    assert {at for at, status in found.items() if status} == {at for at in found if at.startswith("mines/")}
    sign_day(month, month_days()[-1], (SMELTER, "iron"), (DIRECTOR, WORKS))
    assert set(agreed_month(month).values()) == {1}

    # One day of one mine: the month of that shop and of the works is no longer signed, that of the furnaces is.
    month.state(figures(("mine1", "coal_raw", 890.0), day=FIRST + timedelta(days=9)))
    month.count()
    found = agreed_month(month)
    assert {at for at, status in found.items() if status} == {"iron/bf3/pig_iron", "iron/all/pig_iron"}
    sign_day(month, FIRST + timedelta(days=9), (MINER, "mines"), (DIRECTOR, WORKS))
    assert set(agreed_month(month).values()) == {1}

    # What was stated for the whole month is another figure than the days that people signed.
    last = month_days()[-1] + timedelta(days=1)
    month.state(f"start,end,unit,product,tonnes,status\n{FIRST},{last},mine2,coal_raw,15001,operational\n")
    month.count()
    found = agreed_month(month)
    assert (found["mines/mine1/coal_raw"], found["iron/bf3/pig_iron"]) == (1, 1)
    assert {found[f"mines/{unit}/coal_raw"] for unit in ("mine2", "all")} == {0}
