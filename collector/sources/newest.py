"""What a device that shows the newest weighing alone says of it, by the values of its members."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Protocol
from zoneinfo import ZoneInfo

from pydantic import Field

from collector.sources.row_times import instant_ns
from collector.sources.rows import key_text, number
from models.counting.newest_thing import ShownThing
from models.works.codes import Quality
from models.works.exact_number import Number
from models.works.plant import Tag

MEMBERS = ("tonnes", "tare", "key", "counter", "ready", "end")
NO_SIGN = "give counter, key, end or ready too: by what is a new one told from the one before?"

Numbered = Annotated[
    bool,
    Field(
        description="the works' numbers count up by one here, so that a leap is an event that was missed; false where "
        "units share their numbers"
    ),
]


class NewestMembers(Protocol):
    """The addresses of its members."""

    @property
    def numbered(self) -> bool:
        """Whether the works' numbers count up by one here."""


def given_members(address: NewestMembers) -> dict[str, object]:
    """By name, the addresses of the members that are given."""
    return {name: member for name in MEMBERS if (member := getattr(address, name)) is not None}


def has_sign(address: NewestMembers) -> bool:
    """Whether a new one can be told from the one before."""
    return bool(given_members(address).keys() - {"tonnes", "tare"})


def shown_by(tag: Tag, values: Mapping[str, object], quality: Quality, zone: ZoneInfo) -> ShownThing:
    """One look, by the values of the members. `tonnes` less `tare` is net; times without an offset are of `zone`."""
    factor, offset = tag.conversion.factor, tag.conversion.offset
    gross = _number(values["tonnes"])
    net = None if gross is None else gross * factor + offset
    if net is not None and "tare" in values:
        tare = _number(values["tare"])
        net = None if tare is None else net - tare * factor
    counter, ready = _number(values.get("counter")), _number(values.get("ready"))
    end = values.get("end")
    return ShownThing(
        tonnes=net,
        key=key_text(values.get("key")),
        counter=int(counter) if counter is not None and counter == int(counter) else None,
        ready=None if ready is None else bool(ready),
        end_ns=0 if end is None else (instant_ns(end, zone) or 0),
        quality=quality,
        said=", ".join(f"{name} {_short(value)}" for name, value in values.items()),
    )


def _number(value: object) -> Number | None:
    return None if isinstance(value, str) else number(value)


def _short(value: object) -> str:
    text = value.isoformat() if isinstance(value, datetime) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
