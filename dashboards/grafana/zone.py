"""Zones that an older Grafana knows wrongly: it carries its own zone data, as old as itself."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

STAND_INS: Mapping[str, tuple[str, tuple[int, int]]] = {
    # Kazakhstan went to +05 on 2024-03-01. Before 11.0 Grafana shows Almaty at +06, and "this month" begins an hour
    # early. Tashkent has been at +05 since 1992, so only times before that day are an hour off.
    "Asia/Almaty": ("Asia/Tashkent", (11, 0)),
    "Asia/Qostanay": ("Asia/Tashkent", (11, 0)),
}


def board_zone(zone: str, version: tuple[int, int]) -> str:
    """The zone to write into boards for a Grafana of this version (major, minor)."""
    stand_in, right_from = STAND_INS.get(zone, (zone, (0, 0)))
    return zone if version >= right_from else stand_in


NEWEST_RULES = 2037
"""The last year of the tables of zones that are compiled: what is known of a zone today holds in it."""


def fixed_offset(zone: ZoneInfo) -> str:
    """The zone's offset as +05:00, or "" if it differs between winter and summer."""
    january, july = (datetime(NEWEST_RULES, month, 1, tzinfo=zone) for month in (1, 7))
    if january.utcoffset() != july.utcoffset():
        return ""
    return f"{january:%z}"[:3] + ":" + f"{january:%z}"[3:5]
