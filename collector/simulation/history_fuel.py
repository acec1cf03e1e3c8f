"""Hours of the fuels before a demo starts, as their gauges would have shown them beside what was made. Pure."""

from collections.abc import Iterator

from collector.simulation.beside import fuels
from collector.simulation.history import History, made_t
from collector.simulation.unit import Instant
from models.counting.measured_hour import MeasuredHour

_WITH = {"iron": "pig_iron", "coke": "coke_dry", "rolled": "rolled"}
"""What a fuel goes with, by product."""


def history_fuel(history: History, end_s: int, seed: int) -> Iterator[list[MeasuredHour]]:
    """A month's hours or so at a time; the last one as far as it has come."""
    made, hours = made_t(history), history.hours
    of_hour = {name: made[product] * 3600 / hours.length_s for name, product in _WITH.items() if product in made}
    tags = {signal: f"{gauge.unit}.{signal}" for signal, gauge in fuels.GAUGES.items()}
    found: list[MeasuredHour] = []
    for at, (start_s, length_s) in enumerate(zip(hours.start_s.tolist(), hours.length_s.tolist(), strict=True)):
        now = Instant(start_s, float(hours.hour[at]), int(hours.day[at]))
        flows = fuels.mean_flows(
            seed, now, end_s, fuels.MadeAnHour(**{name: float(each[at]) for name, each in of_hour.items()})
        )
        for signal, value in {**flows, "gas_value": fuels.NATURAL_MJ}.items():
            shown = round(value, 1)
            found.append(MeasuredHour(tags[signal], start_s, float(length_s), shown, shown, shown))
        if at % 720 == 719:
            yield found
            found = []
    yield found
