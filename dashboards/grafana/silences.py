"""Silences for approved repairs: while a unit is planned to stand, nothing is sent about it.

A silence has no uid, so ours carry who made them and, in the comment, which repair of which works they are for. A
silence of ours ends when its repair is moved or withdrawn. Silences of people are never touched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dashboards.grafana.adapter import GrafanaAdapter
from dashboards.grafana.uids import APP_LABEL
from models.stated.plan import Repair
from models.works.plant import Plant

SILENCES = "/alertmanager/grafana/api/v2/silences"
SILENCE = "/alertmanager/grafana/api/v2/silence"
MADE_BY = "tundish provision"
"""The author that Grafana shows. Together with the comment it tells our silences from those of people."""
AHEAD_NS = 60 * 86_400 * 10**9
"""A repair that begins later than in 60 days is left to a later run: provisioning is run more often than that, and the
list of silences in Grafana stays short. A judgement."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What a repair asks for: its unit, from when until when (UTC ns). `comment` tells it from all others."""

    comment: str
    site: str
    unit: str
    start_ns: int
    end_ns: int

    def document(self) -> dict[str, object]:
        """As Grafana takes it."""
        labels = (APP_LABEL, ("site", self.site), ("unit", self.unit))
        return {
            "createdBy": MADE_BY,
            "comment": self.comment,
            "startsAt": _text(self.start_ns),
            "endsAt": _text(self.end_ns),
            "matchers": [{"name": name, "value": value, "isRegex": False, "isEqual": True} for name, value in labels],
        }


def desired_silences(plant: Plant, repairs: Sequence[Repair], now_ns: int) -> list[Silence]:
    """Silences of the repairs that run now or begin soon."""
    return [
        Silence(
            f"{_prefix(plant)}{repair.name}, {repair.unit}", plant.site, repair.unit, repair.start_ns, repair.end_ns
        )
        for repair in repairs
        if not repair.withdrawn
        and repair.end_ns > now_ns
        and repair.start_ns < now_ns + AHEAD_NS
        and repair.unit in plant.units
    ]


def update_silences(
    api: GrafanaAdapter, plant: Plant, desired: Sequence[Silence], *, dry_run: bool
) -> Iterator[tuple[str, str]]:
    """Make and end silences until ours are the desired ones: (value of an Action, comment) of each."""
    found: Any = api.ask("GET", SILENCES)
    ours = {
        silence["comment"]: silence
        for silence in found or []
        if silence["createdBy"] == MADE_BY
        and silence["comment"].startswith(_prefix(plant))
        and silence["status"]["state"] != "expired"
    }
    for silence in desired:
        there = ours.pop(silence.comment, None)
        same = there is not None and _instant(there["endsAt"]) == _instant(_text(silence.end_ns))
        if same and not _moved(there, silence):
            yield "unchanged", silence.comment
            continue
        if not dry_run:
            # A silence cannot be moved: Grafana ends the old one and makes another in any case.
            if there is not None:
                api.ask("DELETE", f"{SILENCE}/{there['id']}")
            api.ask("POST", SILENCES, silence.document())
        yield "made" if there is None else "changed", silence.comment
    for comment, old in ours.items():
        if not dry_run:
            api.ask("DELETE", f"{SILENCE}/{old['id']}")
        yield "removed", comment


def _moved(there: Any, silence: Silence) -> bool:  # noqa: ANN401 - JSON
    """Whether a silence that is still ahead begins at another time. Grafana starts one whose begin is past at once, so
    the begin of one that runs says when it was made and nothing about the repair.
    """
    return bool(
        there["status"]["state"] == "pending" and _instant(there["startsAt"]) != _instant(_text(silence.start_ns))
    )


def _prefix(plant: Plant) -> str:
    return f"tundish {plant.site}: repair "


def _text(at_ns: int) -> str:
    return f"{datetime.fromtimestamp(at_ns // 10**9, UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=0)
