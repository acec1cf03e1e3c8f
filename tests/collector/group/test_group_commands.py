"""`tundish group`: what people and programs are told of the whole, and of works that are late or stand."""

import asyncio
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from collector.cli.main import main
from collector.group.group_ledger import GroupLedger
from collector.group.group_take import HeardMessage, take
from collector.group.message import FiguresMessage, encode_message
from models.works.calendar import local_date
from models.works.month import length, period_text
from tests.collector.entries.conftest import Answer
from tests.collector.group.group_files import group_file
from tests.collector.group.site_books import ZONE, last_month, two_years
from tests.collector.group.site_sender import SiteSender

Command = Callable[..., Answer]
MONTH = last_month(local_date(ZONE, time.time_ns()).toordinal())
NORTH, SOUTH = {0: 5_123_456_789, -1: 5_000_000_000, -12: 4_000_000_001}, {0: 7_000_000_011, -1: 7_100_000_000}
DATA = re.compile("[A-Za-z]{3,}")


@pytest.fixture
def tundish(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.setenv("COLUMNS", "220")
    monkeypatch.setenv("TUNDISH_GROUP", str(group_file(tmp_path)))

    def run(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["tundish", "group", *(str(word) for word in words)])
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ending:
            code = ending.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Answer(int(str(code or 0)), out, err)

    return run


def sender(site: str, product: str, grams: dict[int, int], made_ns: int, definition: str = "by scale") -> SiteSender:
    found = SiteSender(site, product, definition)
    found.image = {row.key: dict(row.fields) for row in two_years(site, product, MONTH, grams)}
    found.begin({"north": 1, "south": 2}[site], made_ns)
    return found


def taken(folder: Path, *messages: FiguresMessage, key: str | None = None) -> None:
    """As the running program takes them."""

    async def take_all() -> None:
        ledger = GroupLedger.open(folder / "data", time.time_ns)
        for at, message in enumerate(messages):
            heard = HeardMessage(0, at, (key or message.site).encode(), encode_message(message))
            await ledger.write(
                lambda connection, heard=heard: take(connection, {"north", "south"}, heard, time.time_ns())
            )
        await ledger.close()

    asyncio.run(take_all())


def both(folder: Path, definition: str = "by scale") -> None:
    now_ns = time.time_ns()
    north = sender("north", "pig_iron", NORTH, now_ns)
    south = sender("south", "hot_metal", SOUTH, now_ns, definition)
    taken(folder, *north.sent, *south.sent)


def test_growth_of_the_group_is_the_sum_of_its_works_to_the_gram(tundish: Command, tmp_path: Path) -> None:
    both(tmp_path)
    rows = json.loads(tundish("growth", "--json").out)
    group, north, south = rows
    days = length(MONTH)
    assert (group["level"], group["product"], group["period"]) == ("group", "iron", period_text(MONTH))
    assert round(group["actual_t"] * 1e6) == (NORTH[0] + SOUTH[0]) * days
    assert round(group["actual_t"] * 1e6) == round(north["actual_t"] * 1e6) + round(south["actual_t"] * 1e6)
    assert group["compared_days"] == days
    assert "in_progress_days" not in group
    assert "yoy_pct" in north  # of the south, nobody knows the year before
    assert "yoy_pct" not in group
    assert "mom_pct" in group
    day = json.loads(tundish("day", "--day", f"{period_text(MONTH)}-15", "--json").out)[0]
    assert round(day["actual_t"] * 1e6) == NORTH[0] + SOUTH[0]


def test_the_report_names_the_late_works_and_the_days_that_are_compared(tundish: Command, tmp_path: Path) -> None:
    taken(tmp_path, *sender("north", "pig_iron", NORTH, time.time_ns()).sent)
    text = tundish("growth").out
    assert "South is late: nothing has come from it yet" in text
    assert "Iron: no sum, for nothing is known of South" in text
    taken(tmp_path, *sender("south", "hot_metal", SOUTH, time.time_ns() - 3600 * 10**9).sent)
    text = tundish("growth").out
    assert "South is late: nothing since" in text
    assert "North is late" not in text
    assert f"{length(MONTH) * (NORTH[0] + SOUTH[0]) / 1e6:,.1f}" in text


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_every_word_of_a_report_and_of_the_state_is_in_the_language(
    tundish: Command, tmp_path: Path, lang: str
) -> None:
    both(tmp_path)
    growth = tundish("growth", "--lang", lang).out
    assert DATA.findall(growth) == ["UTC"]
    status = tundish("status", "--lang", lang).out.replace(str(tmp_path), "")
    stream = re.compile(r"\b[0-9a-f]{8}\b")
    assert set(DATA.findall(stream.sub("", status))) <= {"UTC", "data", "north", "south", "tundish", "group", "run"}


def test_works_that_define_a_product_differently_are_shown_with_both_definitions(
    tundish: Command, tmp_path: Path
) -> None:
    both(tmp_path, definition="by the \x1b[31mcrane")
    text = " ".join(tundish("growth").out.split())
    assert "nothing is added" in text
    assert "north.pig_iron: by scale (liquid); south.hot_metal: by the \ufffd[31mcrane (liquid)" in text
    group = json.loads(tundish("growth", "--json").out)[0]
    assert "actual_t" not in group
    assert "by the \ufffd[31mcrane" in group["not_added"]


def test_the_state_tells_numbers_holes_and_what_was_not_taken(tundish: Command, tmp_path: Path) -> None:
    both(tmp_path)
    north = sender("north", "pig_iron", NORTH, time.time_ns())
    north.publish(time.time_ns())
    taken(tmp_path, north.publish(time.time_ns()))
    taken(tmp_path, *north.sent[:1], key="west")
    text = tundish("status").out
    assert "North stands: message 2 is missing since" in text
    assert "key west: its key is no site of group.yaml" in text
    assert "nothing was read yet" in text
    found = json.loads(tundish("status", "--json").out)
    assert [(site["site"], site["number"], site["late"]) for site in found["sites"]] == [
        ("north", 1, False),
        ("south", 1, False),
    ]
    assert found["sites"][0]["missing"] == 2
    assert found["refused"][0]["key"] == "west"


def test_two_ledgers_are_told_by_name_and_let_go_on_by_a_person(tundish: Command, tmp_path: Path) -> None:
    both(tmp_path)
    one = sender("north", "pig_iron", NORTH, time.time_ns())
    two = SiteSender("north", "pig_iron")
    two.begin(5, time.time_ns())
    mixed = [message for _ in range(2) for each in (one, two) for message in (each.publish(time.time_ns()),)]
    taken(tmp_path, *two.sent[:1], *mixed)
    assert "two ledgers send as north" in tundish("status").out
    assert "two ledgers send as north" in tundish("growth").out
    assert "does not stand for two ledgers" in tundish("go-on", "south").err
    assert "is not of this group" in tundish("go-on", "west").err
    assert "North is asked for all it has" in tundish("go-on", "north").out
    assert "two ledgers" not in tundish("status").out


def test_a_group_that_never_ran_is_told_how_to_start_it(tundish: Command) -> None:
    refused = tundish("status")
    assert refused.code == 1
    assert "start `tundish group run`" in refused.err


def test_a_product_that_a_works_does_not_have_is_told_and_so_is_the_zone_of_all_times(
    tundish: Command, tmp_path: Path
) -> None:
    now_ns = time.time_ns()
    taken(tmp_path, *sender("north", "pig_iron", NORTH, now_ns).sent, *sender("south", "iron", SOUTH, now_ns).sent)
    for words in (("status",), ("growth",)):
        said = tundish(*words).out
        assert "has no product hot_metal" in said
        assert "has no product pig_iron" not in said
    assert "(UTC+5)" in tundish("status").out
