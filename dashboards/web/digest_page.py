"""The page of the next digest: what it would say, to whom, in which language, and when it goes."""

import asyncio

import structlog
from nicegui import ui

from dashboards.web.elements import box, heading, label, page_footer, page_head, page_header
from dashboards.web.parts import DeskParts
from dashboards.web.texts import LANGUAGE_TITLES, text
from dashboards.web.viewer import viewer
from models.access.desk_actions import ActionRefused
from models.alerts.digest import DigestPreview, DigestReader
from models.alerts.numbers import local_time
from models.alerts.texts import text as alert_text
from models.works.localize import Language

log = structlog.get_logger(__name__)


async def build_digest(parts: DeskParts, language: Language) -> None:
    """Build the page inside a NiceGUI page function. It is as of now: loaded anew, it is looked up anew."""
    plant, warning = parts.data.plant(), ""
    found: DigestPreview | None = None
    try:
        found = await asyncio.to_thread(parts.alerts.digest)
    except ActionRefused as refused:
        warning = text("digest_unread", language).format(why=refused.told(language))
    except Exception as error:  # whatever the reader meets, the page says that it shows nothing
        log.warning("desk_read_failed", error=str(error))
        warning = text("read_failed_at_start", language)
    page_head(text("digest_title", language), language)
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="digest", language=language)
    with box("desk digest-page"):
        if warning:
            label("warning", warning).props("role=status")
        with box("panel", "section"):
            with box("panel-head"):
                heading(text("digest_title", language))
                ui.link(text("alerts", language), f"/alerts?lang={language}")
            label("quiet", text("digest_help", language))
            if found is not None:
                _when(found, local_time(found.due_s, plant.zone, language), language)
                since = "" if found.since_s is None else local_time(found.since_s, plant.zone, language)
                label("quiet", text("digest_since" if since else "digest_first", language).format(at=since))
        if found is not None:
            _readers(found, language)
            _says(found, language)
        page_footer(simulated=plant.simulated, language=language)


def _when(found: DigestPreview, at: str, language: Language) -> None:
    if found.notifier == "grafana":
        label("line hint", alert_text("grafana_notifies", language))
    elif not found.sends:
        label("line hint", alert_text("nobody_notified", language))
    elif found.readers:
        label("line due", text("digest_overdue" if found.overdue else "digest_goes", language).format(at=at))


def _readers(found: DigestPreview, language: Language) -> None:
    with box("panel", "section"):
        heading(text("digest_readers", language))
        if not found.readers:
            label("line", text("digest_nobody", language))
        for reader in found.readers:
            label("line", _whom(reader, language))


def _whom(reader: DigestReader, language: Language) -> str:
    """Addresses of people are for who has signed in: the page may be open to everybody."""
    if not reader.addresses:
        return reader.name
    shown = ", ".join(reader.addresses)
    if viewer().user is None:
        shown = text("digest_addresses", language).format(count=len(reader.addresses))
    return f"{text('digest_mail', language)}: {shown}"


def _says(found: DigestPreview, language: Language) -> None:
    with box("panel", "section"):
        heading(text("digest_says", language))
        if not found.subject:
            if found.sends and found.readers:
                label("empty", text("digest_nothing", language))
            return
        label("quiet", text("digest_language", language).format(name=LANGUAGE_TITLES[found.language]))
        with box("message").props(f'lang="{found.language}"'):
            heading(found.subject, "h3")
            label("body", found.body)
