"""When a unit ran between stops that are counted as one, on the page and in reports. Pure."""

from dashboards.report.texts import report_text
from dashboards.web.numbers import moment
from models.tables.reasoned_stop import ReasonedStop
from models.works.calendar import NS
from models.works.localize import Language
from models.works.plant import Plant


def ran_between(stop: ReasonedStop, plant: Plant, language: Language) -> str:
    """In words; "" for a stop that nothing was joined to."""
    if not stop.more:
        return ""
    begin_ns = stop.drop.start_s * NS
    spans = (
        f"{moment(first_s * NS, begin_ns, plant.zone)} - {moment(end_s * NS, begin_ns, plant.zone)}"
        for first_s, end_s in stop.ran()
    )
    return report_text("stops_joined", language).format(count=len(stop.more) + 1, spans=", ".join(spans))
