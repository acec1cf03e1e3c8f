"""From a question why output changed to its report: for the command, and for the page of the desk."""

from collections.abc import Sequence

from collector.cli.report_header import local_words
from collector.cli.why_periods import ComparedDays
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.why import AskedWhy, read_losses, read_why
from dashboards.report.why.document import WhyReport
from dashboards.report.why.losses_document import LossReport
from models.tables.growth_span import Days
from models.works.localize import Language


def read_why_report(
    entries: EntryFile, compared: ComparedDays, products: Sequence[str], now_ns: int, language: Language
) -> WhyReport:
    """The report on `products` (codes), from the ledger. Raises CannotStart if there is none."""
    reasons = entries.settings.stop_reasons
    asked = AskedWhy(days=compared.days, base=compared.base, products=products, reasons=reasons, now_ns=now_ns)
    found = entries.read(lambda connection: read_why(connection, entries.plant, asked))
    return WhyReport(
        plant=entries.plant,
        days=compared.days,
        base=compared.base,
        products=found,
        reasons=reasons,
        as_of=local_words(entries.plant, now_ns, language),
    )


def read_loss_report(
    entries: EntryFile, days: Days, products: Sequence[str], now_ns: int, language: Language
) -> LossReport:
    """What stops cost of `products` (codes) over the production dates [first, end). Raises CannotStart without a
    ledger."""
    reasons = entries.settings.stop_reasons
    asked = AskedWhy(days=days, base=days, products=products, reasons=reasons, now_ns=now_ns)
    found = entries.read(lambda connection: read_losses(connection, entries.plant, asked))
    return LossReport(
        plant=entries.plant,
        days=days,
        products=found,
        reasons=reasons,
        as_of=local_words(entries.plant, now_ns, language),
    )
