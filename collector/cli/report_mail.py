"""`tundish report mail`: which reports are mailed, what became of the last ones, and a trial."""

import asyncio

from rich.table import Table

from collector.cli.report_header import local_words
from collector.cli.report_mail_texts import mail_text
from collector.cli.say import say
from collector.cli.terminal import show
from collector.entries.entry_file import EntryFile
from collector.errors import ConfigurationError
from collector.reports.report_mailer import deliver, period_at
from collector.reports.scheduled_report import next_due_ns
from collector.storage.ledger import report_mails as ledger_mails
from collector.storage.ledger.report_mails import MailState, ReportMail
from models.works.calendar import NS
from models.works.localize import Language


def list_mails(entries: EntryFile, language: Language) -> None:
    """A line for each schedule. Raises CannotStart if there is no ledger."""
    scheduled = entries.settings.report_mails
    if not scheduled:
        say(mail_text("none").told(language))
        return
    newest, now_ns = entries.read(ledger_mails.newest), entries.clock_ns()
    table = Table(*(mail_text(key).told(language) for key in ("code", "report", "readers", "next", "last")))
    for each in scheduled:
        due = local_words(entries.plant, next_due_ns(each, entries.plant.zone, now_ns), language)
        last = newest.get(each.code)
        became = mail_text("nothing_yet").told(language) if last is None else _became(entries, last, language)
        table.add_row(each.code, f"{each.report} ({each.language})", ", ".join(each.mail.to), due, became)
    show(table)


def _became(entries: EntryFile, mail: ReportMail, language: Language) -> str:
    due, at = (local_words(entries.plant, second * NS, language) for second in (mail.due_s, mail.at_s))
    said = {"period": mail.period, "due": due, "at": at, "tries": mail.tries, "reason": mail.reason}
    told = mail_text(mail.state.value, **said).told(language).strip()
    if mail.state is not MailState.WAITING or not mail.tries:
        return told
    again = local_words(entries.plant, mail.next_s * NS, language)
    return f"{told.rstrip('.')}. {mail_text('next_try', at=again).told(language)}"


def send_now(entries: EntryFile, code: str, language: Language) -> None:
    """Send what would be due now. Raises ConfigurationError, ReportNotMade, ChannelFailed."""
    scheduled = {each.code: each for each in entries.settings.report_mails}
    if code not in scheduled:
        known = ", ".join(scheduled) or "-"
        raise ConfigurationError(mail_text("unknown", code=code, known=known))
    chosen = scheduled[code]
    period = period_at(entries.plant, chosen.report, entries.clock_ns())
    trial = f"{mail_text('trial').told(chosen.language)}: "
    remark = asyncio.run(deliver(chosen, period, entries.plant.site, entries.settings.file, trial=trial))
    said = {"report": chosen.report, "period": period, "readers": ", ".join(chosen.mail.to), "remark": remark}
    say(mail_text("sent_now", **said).told(language).strip())
