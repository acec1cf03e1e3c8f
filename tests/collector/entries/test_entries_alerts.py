"""`tundish alert`: listed, acknowledged and muted, beside a running service and without one; all of it audited."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.collector.alerts.receivers import Mailbox, mail_server
from tests.collector.entries.beside import SLOW, STOP, Beside, S
from tests.collector.service.works_document import NOON_NS

Command = Callable[..., Any]


@pytest.fixture
def box() -> Any:  # noqa: ANN401 - a generator of the mailbox
    with mail_server() as box:
        yield box


async def test_an_incident_is_listed_acknowledged_and_shown_with_its_audit(
    tmp_path: Path, tundish: Command, box: Mailbox
) -> None:
    beside = Beside(tmp_path, tundish, box.port)
    await beside.holds(STOP)
    listed = beside.run("list", "--lang", "ru")
    for words in ("1", "P1", "открыт", "BF 3: остановка", "дутьё 0 %", "с 30.09.2026 11:50", "отправлено: 1"):
        assert words in listed
    assert "acknowledged by Айгүл" in beside.run("ack", "1", "--by", "Айгүл", "--note", "бригада на месте")
    await beside.holds(STOP, later_s=3600)
    assert len(box.mails) == 1, "acknowledged, so it goes no further up"
    assert "was acknowledged already, by Айгүл" in beside.run("ack", "1", "--by", "Марат", code=1)
    await beside.holds(later_s=60)
    assert "no incidents were open in what was known then" in beside.run("list"), "no collector ran"
    assert "сол кездегі дерек бойынша ашық оқиға болған жоқ" in beside.run("list", "--lang", "kk")
    assert "was cleared at" in beside.run("ack", "1", "--by", "Марат", code=1)
    audit = beside.run("list", "--all")
    for words in ("acknowledged", "Айгүл", "бригада на месте", "cleared"):
        assert words in audit
    (document,) = beside.documents()
    assert [event["kind"] for event in document["events"]] == [
        "raised", "message_sent", "acknowledged", "cleared", "message_sent",
    ]  # fmt: skip
    assert document["events"][2]["by"] == "Айгүл"
    await beside.ledger.close()


async def test_a_mute_silences_an_incident_or_a_unit_until_its_time_or_until_it_is_ended(
    tmp_path: Path, tundish: Command, box: Mailbox
) -> None:
    beside = Beside(tmp_path, tundish, box.port)
    await beside.holds(SLOW)
    assert len(box.mails) == 1
    assert "1: muted until" in beside.run("mute", "1", "--for", "2h", "--by", "Aigul", "--reason", "tests")
    await beside.holds(later_s=60)
    assert len(box.mails) == 1, "the end of what is muted is not told"
    muted = beside.run("mute", "--unit", "BF 3", "--until", "2099-01-01 08:00", "--by", "Aigul", "--reason", "repair")
    assert "bf3: muted until 1 Jan 2099 08:00, by Aigul" in muted
    await beside.holds(STOP)
    assert len(box.mails) == 1
    assert "BF 3 is muted until 1 Jan 2099 08:00" in beside.run("list")
    assert "BF 3: без сообщений до 01.01.2099 08:00" in beside.run("list", "--lang", "ru")
    assert "no longer muted" in beside.run("unmute", "--unit", "bf3", "--by", "Aigul")
    await beside.holds(STOP)
    assert len(box.mails) == 2
    assert "bf3 is not muted" in beside.run("unmute", "--unit", "bf3", "--by", "Aigul", code=1)
    first = beside.documents()[-1]
    assert ("muted", "Aigul") in [(event["kind"], event["by"]) for event in first["events"]]
    assert any("tests" in event["detail"] for event in first["events"])
    await beside.ledger.close()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ack", "7", "--by", "Aigul"), 1, "there is no incident 7: see tundish alert list --all"),
        (("ack", "1", "--by", " "), 2, "--by is empty"),
        (("mute", "1", "--for", "soon", "--by", "A", "--reason", "r"), 2, "--for soon is not a duration"),
        (("mute", "1", "--by", "A", "--reason", "r"), 2, "say how long"),
        (("mute", "--for", "2h", "--by", "A", "--reason", "r"), 2, "either the id of an incident or --unit"),
        (("mute", "--unit", "bf9", "--for", "2h", "--by", "A", "--reason", "r"), 2, "bf9"),
        (("mute", "1", "--until", "2020-01-01", "--by", "A", "--reason", "r"), 2, "is in the past"),
        (("unmute", "1", "--by", "A"), 1, "incident 1 is not muted"),
    ],
)
async def test_what_cannot_be_done_is_told_in_one_line(
    tmp_path: Path, tundish: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    beside = Beside(tmp_path, tundish)
    await beside.alerting.update([STOP], NOON_NS)
    await beside.ledger.close()
    assert words in beside.run(*arguments, code=code)


async def test_an_incident_that_became_part_of_another_names_it(tmp_path: Path, tundish: Command) -> None:
    beside = Beside(tmp_path, tundish)
    await beside.alerting.update([SLOW], NOON_NS)
    await beside.alerting.update([STOP, replace(SLOW, cause_unit="bf3")], NOON_NS + S)
    await beside.ledger.close()
    assert "belongs to incident 2 now" in beside.run("ack", "1", "--by", "Aigul", code=1)
    assert "part of 2" in beside.run("list", "--all")


def test_without_a_name_nothing_is_done(tundish: Command) -> None:
    ended = tundish("alert", "ack", "1")
    assert ended.code == 2
    assert "--by" in ended.err
