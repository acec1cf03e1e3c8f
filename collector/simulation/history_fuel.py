"""Hours of the fuels before a demo starts, as their gauges would have shown them beside what was made. Pure."""

from collections.abc import Iterator

from collector.simulation.beside import fuels
from collector.simulation.history import History, made_t
from models.counting.measured_hour import MeasuredHour

_WITH = {"iron": "pig_iron", "coke": "coke_dry", "rolled": "rolled"}
"""What a fuel goes with, by product."""


def history_fuel(history: History, end_s: int, seed: int) -> Iterator[list[MeasuredHour]]:
    """A month's hours or so at a time; the last one as far as it has come."""
    made, hours = made_t(history), history.hours
    of_hour = {name: made[product] * 3600 / hours.length_s for name, product in _WITH.items() if product in made}
    found: list[MeasuredHour] = []
    for at, start_s in enumerate(hours.start_s.tolist()):
        now = fuels.MadeAnHour(**{name: float(column[at]) for name, column in of_hour.items()})
        values = fuels.shown(seed, start_s + 1800, end_s, now)
        known_s = float(hours.length_s[at])
        for signal, value in values.items():
            tag = f"{fuels.GAUGES[signal].unit}.{signal}"
            found.append(MeasuredHour(tag, start_s, known_s, value, value, value))
        if at % 720 == 719:
            yield found
            found = []
    yield found
