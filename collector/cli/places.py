"""Places, months and instants that a person names on the command line."""

from collections.abc import Callable

from collector.errors import ConfigurationError
from collector.files.moment import UnreadableMoment, day_ordinal, instant_ns, month
from collector.files.places import NamedPlace, UnknownPlace, find_place
from models.works.plant import Calendar, Plant


def named_place(plant: Plant, shop: str, unit: str, product: str) -> NamedPlace:
    """A place of the plant by codes or names. Raises ConfigurationError."""
    try:
        return find_place(plant, "", shop, unit, product)
    except UnknownPlace as error:
        raise ConfigurationError(error.refusal) from error


def parsed_month(text: str) -> int:
    """The ordinal of a month's first day. Raises ConfigurationError."""
    return _readable(lambda: month(text))


def parsed_day(text: str) -> int:
    """The ordinal of a production date. Raises ConfigurationError."""
    return _readable(lambda: day_ordinal(text))


def parsed_instant(text: str, calendar: Calendar) -> int:
    """An instant (UTC ns): a date is the start of that production day. Raises ConfigurationError."""
    return _readable(lambda: instant_ns(text, calendar))


def _readable(parse: Callable[[], int]) -> int:
    try:
        return parse()
    except UnreadableMoment as error:
        raise ConfigurationError(error.refusal) from error
