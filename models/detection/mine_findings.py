"""What sensors of methane say now, as findings with words: above a limit, silent, or standing still. Pure.

Above the limit is a finding of its working, which people below ground depend on: it is no drop of output, and no fault
of data that only instrument staff hear of. A sensor that says nothing, or the same for a shift, is a finding, too: what
is not known is not below the limit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from models.counting.measuring import MeasuredState
from models.counting.rate import BRIDGE_CADENCES
from models.detection.finding import Finding, FindingKind
from models.works.calendar import NS
from models.works.localize import LANGUAGES, Language, localize_number
from models.works.plant import Plant
from models.works.working import SafetySensor, SensorKind, Working

LEAST_SILENCE_S = 60
"""A sensor that is read each second may miss some; of half a minute's mean two are late then. A judgement."""
_SEVERITY = {FindingKind.METHANE: 1, FindingKind.SENSOR_SILENT: 2, FindingKind.SENSOR_STUCK: 2}
_ABOVE: Mapping[Language, str] = {
    "en": "{working}: {tag} shows {value} % of methane, above {limit} % ({clause}; approved by {by})",
    "ru": "{working}: {tag} показывает {value} % метана, выше {limit} % ({clause}; утвердил(а) {by})",
    "kk": "{working}: {tag} {value} % метан көрсетеді, бұл {limit} % шегінен жоғары ({clause}; бекіткен {by})",
}
_SILENT: Mapping[Language, str] = {
    "en": "{working}: {tags} say nothing since {at}; whether methane is below the limit is not known",
    "ru": "{working}: нет показаний {tags} с {at}; ниже ли метан предела, неизвестно",
    "kk": "{working}: {tags} {at} бастап көрсеткіш бермейді; метанның шектен төмен екені белгісіз",
}
_NEVER: Mapping[Language, str] = {
    "en": "{working}: {tags} have said nothing yet; whether methane is below the limit is not known",
    "ru": "{working}: от {tags} показаний ещё не было; ниже ли метан предела, неизвестно",
    "kk": "{working}: {tags} әлі көрсеткіш берген жоқ; метанның шектен төмен екені белгісіз",
}
_STUCK: Mapping[Language, str] = {
    "en": "{working}: {tags} show one value for {hours} h or longer; they may be off",
    "ru": "{working}: {tags} показывают одно значение {hours} ч и дольше; возможно, отключены",
    "kk": "{working}: {tags} {hours} сағаттан бері бір мәнді көрсетіп тұр; өшірулі болуы мүмкін",
}


@dataclass(frozen=True, slots=True)
class MineNow:
    """`states`: by tag the newest reading. `began_s`: when each finding began that held at the last look (UTC seconds),
    by its key. `watched_s`: since when the service watches."""

    states: Mapping[str, MeasuredState]
    began_s: Mapping[str, int]
    watched_s: int


def mine_findings(plant: Plant, workings: Sequence[Working], now: MineNow, now_s: int) -> list[Finding]:
    """What holds at `now_s` (UTC seconds), at most one of each kind for a working."""
    cadences = {tag.name: tag.cadence_s for tag in plant.tags}
    found: list[Finding] = []
    for working in workings:
        sensors = working.of_kind(SensorKind.METHANE)
        silent = [each for each in sensors if _is_silent(each, now, cadences[each.tag], now_s)]
        heard = [each for each in sensors if each not in silent and each.tag in now.states]
        # Also of one that has fallen silent since: nobody knows that it came down.
        above = [(each, now.states[each.tag].value) for each in sensors if _limit_passed(each, now) is not None]
        stuck = [each for each in heard if now_s - now.states[each.tag].moved_ns // NS >= working.stuck_after_s]
        told = {
            FindingKind.METHANE: _above(working, *max(above, key=lambda pair: pair[1])) if above else None,
            FindingKind.SENSOR_SILENT: _silent(plant, working, silent, now) if silent else None,
            FindingKind.SENSOR_STUCK: _stuck(working, stuck) if stuck else None,
        }
        found += [_finding(working, kind, now, now_s, words) for kind, words in told.items() if words is not None]
    return found


def _is_silent(sensor: SafetySensor, now: MineNow, cadence_s: float, now_s: int) -> bool:
    state = now.states.get(sensor.tag)
    # Before the service watched, nobody could have heard it.
    known_s = max(now.watched_s, 0 if state is None else state.upto_ns // NS)
    return now_s - known_s > max(BRIDGE_CADENCES * cadence_s, LEAST_SILENCE_S)


def _limit_passed(sensor: SafetySensor, now: MineNow) -> float | None:
    """The highest limit that the newest reading is above."""
    state, limits = now.states.get(sensor.tag), sensor.limits
    if state is None or limits is None:
        return None
    return max((each for each in (limits.local, limits.general) if state.value > each), default=None)


def _above(working: Working, sensor: SafetySensor, value: float) -> Callable[[Language], str]:
    limits = sensor.limits
    assert limits is not None  # noqa: S101 - it is above one
    passed = max(each for each in (limits.local, limits.general) if value > each)

    def told(language: Language) -> str:
        return _ABOVE[language].format(
            working=working.name(language), tag=sensor.tag, value=_shown(value, language),
            limit=_shown(passed, language), clause=limits.clause, by=limits.approved_by,
        )  # fmt: skip

    return told


def _silent(plant: Plant, working: Working, silent: Sequence[SafetySensor], now: MineNow) -> Callable[[Language], str]:
    zone, tags = plant.shops[working.shop].calendar.zone, ", ".join(each.tag for each in silent)
    heard_ns = [now.states[each.tag].upto_ns for each in silent if each.tag in now.states]

    def told(language: Language) -> str:
        if not heard_ns:
            return _NEVER[language].format(working=working.name(language), tags=tags)
        at = datetime.fromtimestamp(min(heard_ns) // NS, UTC).astimezone(zone)
        return _SILENT[language].format(working=working.name(language), tags=tags, at=f"{at:%d.%m %H:%M}")

    return told


def _stuck(working: Working, stuck: Sequence[SafetySensor]) -> Callable[[Language], str]:
    tags = ", ".join(each.tag for each in stuck)

    def told(language: Language) -> str:
        hours = _shown(working.stuck_after_s / 3600, language)
        return _STUCK[language].format(working=working.name(language), tags=tags, hours=hours)

    return told


def _finding(working: Working, kind: FindingKind, now: MineNow, now_s: int, told: Callable[[Language], str]) -> Finding:
    found = Finding(
        kind=kind,
        shop=working.shop,
        unit=working.unit,
        product=working.code,
        severity=_SEVERITY[kind],
        since_s=now_s,
        found_s=now_s,
        evidence={language: told(language) for language in LANGUAGES},
    )
    began_s = now.began_s.get(found.key, now_s)
    return replace(found, since_s=began_s, found_s=began_s)


def _shown(value: float, language: Language) -> str:
    rounded = Decimal(repr(round(value, 2)))
    exponent = rounded.normalize().as_tuple().exponent
    return localize_number(rounded, language, max(-exponent, 0) if isinstance(exponent, int) else 0)
