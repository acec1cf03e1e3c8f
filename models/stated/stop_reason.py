"""Why a unit stood, as people say it. What detection found stays as it is: a reason is stated beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

UNNAMED = ""
"""The code of the reason of a stop, or a part of one, for which nobody gave any."""


class StopFault(StrEnum):
    """BEGIN: the parts do not begin with the stop. ORDER: one begins before another, or after the end. REASON: no such
    reason is known."""

    BEGIN = "begin"
    ORDER = "order"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class StopReason:
    """A reason of the works' tree. `parent`: the code of the reason that it is a kind of; "" for one at the top."""

    code: str
    names: Mapping[str, str]
    parent: str = ""

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class StopPart:
    """A part of a stop from `from_s` (UTC seconds) to the next part, or to its end, with one reason."""

    from_s: int
    reason: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class StopStatement:
    """What somebody said of the stop of `unit` that began at `start_s`: its parts by begin, the first from its begin.

    The newest one holds. `id` 0: not stored yet. `recorded_ns`: UTC. `joined`: begins of the stops of the unit that
    follow and are counted as one with it; of those this statement says the reasons, too.
    """

    id: int
    unit: str
    start_s: int
    parts: tuple[StopPart, ...]
    author: str
    recorded_ns: int = 0
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StopSeen:
    """A stop of `unit` as somebody saw it: its begin (UTC seconds), and the number of what held of it (0: nothing)."""

    unit: str
    start_s: int
    statement: int


@dataclass(frozen=True, slots=True)
class ReasonedSpan:
    """Part of a stop as it is counted: [start_s, end_s)."""

    unit: str
    start_s: int
    end_s: int
    reason: str
    comment: str


def spans_of(unit: str, stood: Sequence[tuple[int, int]], statement: StopStatement | None) -> list[ReasonedSpan]:
    """The stop over the spans [start_s, end_s) in which it `stood` (by begin), by its reasons. While a unit ran between
    two joined stops, no reason counts. What was said of later is left out: it may turn out that it ended before."""
    parts = (StopPart(stood[0][0], UNNAMED),) if statement is None else statement.parts
    spans = []
    for number, part in enumerate(parts):
        first = stood[0][0] if number == 0 else part.from_s
        last = stood[-1][1] if number + 1 == len(parts) else parts[number + 1].from_s
        for begin, end in stood:
            low, high = max(first, begin), min(last, end)
            if low < high:
                spans.append(ReasonedSpan(unit, low, high, part.reason, part.comment))
    return spans


def fault_of_parts(
    parts: Sequence[StopPart], start_s: int, end_s: int, known: Sequence[StopReason]
) -> StopFault | None:
    """What is wrong with what somebody says of the stop over [start_s, end_s)."""
    if not parts or parts[0].from_s != start_s:
        return StopFault.BEGIN
    for before, part in pairwise(parts):
        if not before.from_s < part.from_s < end_s:
            return StopFault.ORDER
    codes = {reason.code for reason in known}
    if any(part.reason not in codes for part in parts):
        return StopFault.REASON
    return None


def hours_by(spans: Sequence[ReasonedSpan], keys: Sequence[str]) -> list[tuple[str, float]]:
    """Hours of the spans by the key of each (same length), the most first."""
    seconds: dict[str, int] = {}
    for span, key in zip(spans, keys, strict=True):
        seconds[key] = seconds.get(key, 0) + span.end_s - span.start_s
    return [(key, value / 3600) for key, value in sorted(seconds.items(), key=lambda pair: (-pair[1], pair[0]))]


def _reason(code: str, en: str, ru: str, kk: str) -> StopReason:
    return StopReason(code, {"en": en, "ru": ru, "kk": kk})


USUAL_REASONS = (
    _reason("mechanical", "Mechanical", "Механическая неисправность", "Механикалық ақау"),
    _reason("electrical", "Electrical", "Электрическая неисправность", "Электр ақауы"),
    _reason("automation", "Instruments and automation", "КИПиА и автоматика", "БӨАжА және автоматика"),
    _reason("hydraulic", "Hydraulics and lubrication", "Гидравлика и смазка", "Гидравлика және майлау"),
    _reason("process", "Technology", "Нарушение технологии", "Технологияның бұзылуы"),
    _reason("upstream", "No material from before", "Нет сырья с предыдущего передела", "Алдыңғы бөлімнен шикізат жоқ"),
    _reason("downstream", "No room behind", "Задержка на следующем переделе", "Келесі бөлімдегі кідіріс"),
    _reason("no_energy", "No power, gas, oxygen or water", "Нет энергоресурсов", "Энергия ресурстары жоқ"),
    _reason("no_orders", "No orders", "Нет заказов", "Тапсырыс жоқ"),
    _reason("transport", "Transport", "Транспорт", "Көлік"),
    _reason("planned", "Planned work", "Плановые работы", "Жоспарлы жұмыстар"),
    _reason("other", "Other", "Прочее", "Басқа"),
)
"""What holds where plant.yaml gives no `stop_reasons`."""
