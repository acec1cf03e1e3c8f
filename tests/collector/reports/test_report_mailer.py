"""Reports by mail: a real ledger, a real relay, and the program that makes them."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.reports.report_mailer import ReportMailer, period_at
from collector.reports.scheduled_report import MailedReport, last_due_ns, next_due_ns
from collector.storage.ledger import report_mails as ledger_mails
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.report_mails import MailState
from models.works.calendar import NS
from tests.collector.alerts.receivers import Mailbox, mail_server
from tests.collector.entries.conftest import Command, tundish, works
from tests.collector.service.steel_works import Clock

__all__ = ["tundish", "works"]

MINUTE = 60 * NS
HOUR = 60 * MINUTE


def at_ns(text: str) -> int:
    """A time of the works (UTC+5)."""
    return round(datetime.fromisoformat(f"{text}+05:00").timestamp()) * NS


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


def section(box: Mailbox, **keys: object) -> str:
    relay = f"{{host: 127.0.0.1, port: {box.port}, starttls: none-on-loopback, from: tundish@works.example}}"
    entry = {"code": "morning", "report": "day", "at": '["08:15"]', "to": "[director@works.example]", "language": "ru"}
    entry |= keys
    return f"\nreport_mails:\n  - {{{', '.join(f'{key}: {value}' for key, value in entry.items())}, smtp: {relay}}}\n"


@pytest.fixture
def mailing(works: Path, box: Mailbox) -> Callable[..., Settings]:
    """The settings with such a schedule."""
    text = works.read_text(encoding="utf-8")

    def made(**keys: object) -> Settings:
        works.write_text(text + section(box, **keys), encoding="utf-8")
        return load(works)

    return made


@pytest.fixture
def clock() -> Clock:
    return Clock(at_ns("2026-07-02T06:00"))


@pytest.fixture
def stated(tundish: Command, tmp_path: Path) -> None:
    """A day of figures."""
    file = tmp_path / "figures.csv"
    file.write_text("start,end,unit,product,tonnes\n2026-07-01,2026-07-02,mine1,coal_raw,150\n", encoding="utf-8")
    assert tundish("import", file).code == 0


@pytest.fixture
async def ledger(mailing: Callable[..., Settings], stated: None, clock: Clock) -> AsyncIterator[Ledger]:
    opened = Ledger.open(mailing().data_dir, clock_ns=clock, demo=False)
    yield opened
    await opened.close()


def mailer_of(settings: Settings, ledger: Ledger, clock: Clock) -> ReportMailer:
    return ReportMailer(settings.plant, settings.report_mails, settings.file, ledger, clock)


def attachments(mail: Any) -> dict[str, bytes]:  # noqa: ANN401 - an EmailMessage as the policy makes it
    return {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}


@pytest.mark.long
async def test_the_day_goes_once_in_the_language_of_its_readers_with_its_files(
    mailing: Callable[..., Settings], ledger: Ledger, clock: Clock, box: Mailbox
) -> None:
    settings = mailing(**{"as": "[pdf, xlsx]"})
    mailer = mailer_of(settings, ledger, clock)
    await mailer.run()
    assert box.mails == [], "a new schedule begins with what is due next"
    clock.now_ns = at_ns("2026-07-02T08:14")
    await mailer.run()
    assert box.mails == []
    clock.now_ns = at_ns("2026-07-02T08:15")
    for _ in range(3):
        await mailer.run()
    await mailer_of(settings, ledger, clock).run()  # a service that was started anew
    (mail,) = box.mails
    assert box.recipients == [["director@works.example"]]
    assert "Суточный рапорт, " in str(mail["Subject"])
    assert "01.07.2026" in str(mail["Subject"])
    body = mail.get_body(("plain",)).get_content()
    assert "150" in body
    assert "Суточный рапорт" in body
    assert "<table" in mail.get_body(("html",)).get_content(), "a frame of letters breaks on a phone"
    files = attachments(mail)
    assert sorted(name.rpartition(".")[2] for name in files) == ["pdf", "xlsx"]
    assert all("-day-2026-07-01." in name for name in files)
    by_form = {name.rpartition(".")[2]: content for name, content in files.items()}
    assert by_form["pdf"].startswith(b"%PDF")
    assert by_form["xlsx"].startswith(b"PK")
    clock.now_ns = at_ns("2026-07-03T08:16")
    await mailer.run()
    assert "02.07.2026" in box.subjects[1]


@pytest.mark.long
async def test_a_relay_that_is_away_gets_it_when_it_is_back_with_the_same_id(
    mailing: Callable[..., Settings], ledger: Ledger, clock: Clock, box: Mailbox, tundish: Command
) -> None:
    mailer = mailer_of(mailing(), ledger, clock)
    await mailer.run()
    clock.now_ns = at_ns("2026-07-02T08:15")
    box.answer = "451 come back later"
    await mailer.run()
    await mailer.run()
    assert mailer.failed == 1, "it waits before it tries again"
    shown = tundish("report", "mail", "--lang", "en").out
    assert "2026-07-01: waits since" in shown
    assert "come back later" in shown
    assert "Next try: 2026-07-02 08:16:00." in " ".join(shown.replace("│", " ").split())
    box.answer = "250 taken"
    clock.now_ns += 2 * MINUTE
    await mailer.run()
    assert len(box.mails) == 1
    assert box.mails[0]["Message-ID"] == "<" + f"{mailer.plant.site}-report-morning-2026-07-01@works.example>"
    assert "2026-07-01: sent" in tundish("report", "mail").out


async def test_what_no_relay_took_for_a_day_is_given_up_and_the_next_day_goes_on(
    mailing: Callable[..., Settings], ledger: Ledger, clock: Clock, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object) -> str:
        raise ledger_failure

    from collector.errors import ChannelFailed

    ledger_failure = ChannelFailed("e-mail by relay: no answer within 15 s")
    monkeypatch.setattr("collector.reports.report_mailer.deliver", refused)
    settings = mailing(at='["08:15"]', report="month")
    mailer = mailer_of(settings, ledger, clock)
    await mailer.run()
    clock.now_ns = at_ns("2026-08-01T08:15")
    for _ in range(24 * 4 + 2):
        await mailer.run()
        clock.now_ns += 15 * MINUTE
    (mail,) = ledger.read(ledger_mails.newest).values()
    assert (mail.period, mail.state) == ("2026-07", MailState.GIVEN_UP)
    assert "no answer within 15 s" in mail.reason
    assert mailer.failed > 90
    clock.now_ns = at_ns("2026-09-01T08:15")
    await mailer.run()
    (mail,) = ledger.read(ledger_mails.newest).values()
    assert (mail.period, mail.state) == ("2026-08", MailState.WAITING)


async def test_a_report_that_cannot_be_made_says_why_and_waits(
    mailing: Callable[..., Settings], ledger: Ledger, clock: Clock, box: Mailbox, works: Path
) -> None:
    mailer = mailer_of(mailing(), ledger, clock)
    await mailer.run()
    works.write_text("version: 1\n", encoding="utf-8")
    clock.now_ns = at_ns("2026-07-02T08:15")
    await mailer.run()
    (mail,) = ledger.read(ledger_mails.newest).values()
    assert (mail.state, mail.tries) == (MailState.WAITING, 1)
    assert "plant.yaml" in mail.reason
    assert "Traceback" not in mail.reason
    assert box.mails == []


async def test_a_clock_that_was_a_year_ahead_stops_no_report_and_one_set_back_repeats_none(
    mailing: Callable[..., Settings], ledger: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    async def taken(_scheduled: object, period: str, *_: object) -> str:
        sent.append(period)
        return ""

    monkeypatch.setattr("collector.reports.report_mailer.deliver", taken)
    mailer = mailer_of(mailing(), ledger, clock)
    for time in ("07-02T06:00", "07-02T09:00", "07-01T09:00", "07-02T09:30", "07-03T09:00"):
        clock.now_ns = at_ns(f"2026-{time}")
        await mailer.run()
    assert sent == ["2026-07-01", "2026-07-02"]
    clock.now_ns = at_ns("2027-07-03T09:00")
    await mailer.run()
    for time in ("07-04T09:00", "07-05T09:00"):
        clock.now_ns = at_ns(f"2026-{time}")
        await mailer.run()
    assert sent[-1] == "2026-07-04"


@pytest.mark.parametrize(
    ("report", "period"),
    [
        ("shift", "2026-07-01/2"), ("day", "2026-07-01"), ("ten-days", "2026-06-21..2026-06-30"), ("month", "2026-06"),
        ("quarter", "2026-Q2"), ("year", "2025"), ("growth", "2026-06"), ("briefing", "2026-01..2026-06"),
    ],
)  # fmt: skip
def test_the_last_completed_period_is_sent(mailing: Callable[..., Settings], report: str, period: str) -> None:
    plant = mailing().plant
    assert period_at(plant, MailedReport(report), at_ns("2026-07-02T08:15")) == period
    if report in ("ten-days", "month", "quarter"):
        assert period_at(plant, MailedReport(report), at_ns("2026-07-01T08:15")) == period, "it had just ended"


def test_times_are_those_of_the_works(mailing: Callable[..., Settings]) -> None:
    settings = mailing(at='["20:15", "08:15"]')
    (scheduled,) = settings.report_mails
    zone = settings.plant.zone
    assert last_due_ns(scheduled, zone, at_ns("2026-07-02T08:15")) == at_ns("2026-07-02T08:15")
    assert last_due_ns(scheduled, zone, at_ns("2026-07-02T08:14")) == at_ns("2026-07-01T20:15")
    assert next_due_ns(scheduled, zone, at_ns("2026-07-02T20:15")) == at_ns("2026-07-03T08:15")


@pytest.mark.long
@pytest.mark.usefixtures("stated")
@pytest.mark.parametrize(("report", "form"), [("growth", "html"), ("briefing", "docx")])
def test_a_trial_goes_at_once_and_is_not_noted(
    mailing: Callable[..., Settings], tundish: Command, box: Mailbox, report: str, form: str
) -> None:
    mailing(report=report, language="kk", **{"as": f"[{form}]"})
    answer = tundish("report", "mail", "--send", "morning")
    assert answer.code == 0, answer.err
    (mail,) = box.mails
    assert [name.rpartition(".")[2] for name in attachments(mail)] == [form]
    assert str(mail["Subject"]).startswith("Сынақ: ")
    assert "trial" in mail["Message-ID"], "a relay that drops what it had before must not drop the report itself"
    assert "none yet" in tundish("report", "mail").out
    wrong = tundish("report", "mail", "--send", "evening")
    assert wrong.code == 2
    assert "there is no schedule 'evening'; known are: morning" in wrong.err


def test_faults_of_a_schedule_are_told_all_at_once(works: Path, box: Mailbox, tundish: Command) -> None:
    text = works.read_text(encoding="utf-8")
    one = "{code: a, report: day, at: ['08:15'], to: [d@works.example], language: ru, as: [docx]}"
    two = "{code: a, report: briefing, at: ['25:00'], to: [], language: de}"
    works.write_text(f"{text}\nreport_mails:\n  - {one}\n  - {two}\n", encoding="utf-8")
    said = tundish("check").err
    for words in (
        "report_mails[0].as: a day report is not written as docx; give pdf, xlsx, html",
        "report_mails[0].smtp: the key is missing; give the relay in alerts.smtp, or here",
        "report_mails[1].at", "report_mails[1].to", "report_mails[1].language",
    ):  # fmt: skip
        assert words in said


@pytest.mark.usefixtures("stated")
def test_without_schedules_the_list_says_where_they_are_given(tundish: Command) -> None:
    assert "report_mails in plant.yaml" in tundish("report", "mail").out
