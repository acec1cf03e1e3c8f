"""What makes up a part, in words: a stop with its times, a repair, a pace over hours. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from dashboards.report.reason_name import reason_name
from dashboards.web.numbers import local, number
from models.stated.stop_reason import UNNAMED, StopReason
from models.why.change_part import STOPS, ChangePart
from models.why.part_receipt import PartLine, PartReceipt
from models.why.why_texts import why_text
from models.why.why_words import period_named, tonnes_text
from models.works.calendar import HOUR_NS
from models.works.localize import Language, localize_day
from models.works.plant import Plant

_DAY_H = 24


def receipt_words(
    plant: Plant, part: ChangePart, receipt: PartReceipt, reasons: Sequence[StopReason], language: Language
) -> str:
    """The largest lines of a receipt, and how many more there are."""
    words = line_words(plant, part, receipt.largest, reasons, language)
    if receipt.more:
        words.append(why_text("and_more", language).format(count=receipt.more))
    return "; ".join(words)


def line_words(
    plant: Plant, part: ChangePart, lines: Sequence[PartLine], reasons: Sequence[StopReason], language: Language
) -> list[str]:
    """Each line in words."""
    return [_line(plant, part, line, reasons, language) for line in lines]


def _line(plant: Plant, part: ChangePart, line: PartLine, reasons: Sequence[StopReason], language: Language) -> str:
    hours = number(line.time_ns / HOUR_NS, language, 1)
    in_hours = why_text("line_hours", language).format(hours=hours)
    grams = why_text("line_grams", language).format(grams=tonnes_text(line.grams or 0, language, signed=True))
    made = tonnes_text(line.made_g or 0, language)
    if part in STOPS:
        return ", ".join([_instants(plant, line, language), in_hours, *_because(plant, line, reasons, language), grams])
    if part is ChangePart.REPAIRS:
        return ", ".join([line.name, _instants(plant, line, language), in_hours, grams])
    if part is ChangePart.CALENDAR:
        said = in_hours
    elif part is ChangePart.UNITS:
        said = why_text("line_out", language).format(grams=made, hours=hours)
    elif part in (ChangePart.SLOWER, ChangePart.FASTER):
        pace = round(Fraction((line.made_g or 0) * _DAY_H * HOUR_NS, line.time_ns)) if line.time_ns else 0
        said = why_text("line_pace", language).format(pace=tonnes_text(pace, language), hours=hours)
    elif part is ChangePart.CORRECTIONS:
        said = ", ".join(each for each in (grams, line.name) if each)
    elif part is ChangePart.NOT_KNOWN:
        said = why_text("line_unknown", language).format(hours=hours)
    else:
        said = why_text("line_unwatched", language).format(grams=made, hours=hours)
    return f"{_days(plant, line, language)}: {said}"


def _because(plant: Plant, line: PartLine, reasons: Sequence[StopReason], language: Language) -> list[str]:
    """What people said of a stop; of one of which nobody said anything, what it follows from."""
    if line.name != UNNAMED:
        return [reason_name(reasons, line.name, language)]
    if not line.cause_unit:
        return []
    unit = plant.units.get(line.cause_unit)
    return [why_text("line_after", language).format(unit=line.cause_unit if unit is None else unit.name(language))]


def _instants(plant: Plant, line: PartLine, language: Language) -> str:
    edges = [local(at_ns, plant.zone) for at_ns in (line.start_ns, line.end_ns)]
    return " - ".join(f"{localize_day(at, language)} {at:%H:%M}" for at in edges)


def _days(plant: Plant, line: PartLine, language: Language) -> str:
    first, last = (local(at_ns, plant.zone).toordinal() for at_ns in (line.start_ns, line.end_ns - 1))
    # A production day that begins at eight ends on the next date.
    begins = local(line.start_ns, plant.zone)
    return period_named((first, last + (0 if begins.hour or begins.minute else 1)), language)
