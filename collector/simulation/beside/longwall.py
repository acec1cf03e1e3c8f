"""Sensors of a longwall of mine 1: methane, air, people by shift, power; a gassing every third night."""

from collections.abc import Mapping
from random import Random

from collector.simulation.catalogue import REPAIR_SHIFTS
from collector.simulation.unit import Instant

UNIT = "mine1"
SAMPLE_S = 30
"""Stations of methane give means of half a minute."""
LIMIT_LOCAL_PCT, LIMIT_GENERAL_PCT = 1.3, 1.0
GASSING_DAYS = 3
GASSING_FROM_H, GASSING_FOR_H = 3.2, 0.5
"""In the night of every third day, for half an hour."""
_GASSING_PCT = {"methane_face": 1.15, "methane_return": 0.75}
_USUAL_PCT = {"methane_face": 0.45, "methane_return": 0.3}
_STANDING_SHARE = 0.55
"""Of the methane while the face stands in its repair shift."""
_PEOPLE = (38, 52, 46)
"""By eight hours of the day."""
NODES: Mapping[str, str] = {
    signal: f"MINE1.Longwall.{name}"
    for signal, name in (
        ("methane_face", "CH4.Face"),
        ("methane_return", "CH4.Return"),
        ("air", "Air"),
        ("people", "People"),
        ("power", "Power"),
    )
}


def shown(seed: int, time_s: int) -> dict[str, float]:
    """What the sensors show at UTC second `time_s`, by signal; the same for the same seed."""
    now = Instant.of(time_s // SAMPLE_S * SAMPLE_S)
    random = Random(f"{seed}:longwall:{now.time_s}")
    start, end = REPAIR_SHIFTS[UNIT]
    share = _STANDING_SHARE if start <= now.local_hour < end else 1.0
    more = gassing(now)
    values = {
        signal: round(usual * share * (1 + random.gauss(0, 0.06)) + _GASSING_PCT[signal] * more, 2)
        for signal, usual in _USUAL_PCT.items()
    }
    values["air"] = round(2.4 + random.gauss(0, 0.05), 2)
    values["people"] = float(_PEOPLE[int(now.local_hour // 8)])
    # The station cuts the power where methane is above the local limit.
    values["power"] = 0.0 if values["methane_face"] > LIMIT_LOCAL_PCT else 1.0
    return values


def gassing(now: Instant) -> float:
    """How much of a gassing there is: it rises and falls within minutes."""
    if now.local_day % GASSING_DAYS:
        return 0.0
    since_h = now.local_hour - GASSING_FROM_H
    return max(0.0, min(1.0, since_h * 12, (GASSING_FOR_H - since_h) * 12))
