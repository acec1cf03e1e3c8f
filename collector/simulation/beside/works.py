"""Everything beside the PLC, run by the clock of the simulated works and entered in its book."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from collector.simulation.beside import (
    boilers,
    fuels,
    laboratory,
    longwall,
    mine_sheets,
    ore_belt,
    weather,
    weighbridge,
)
from collector.simulation.book import CounterEntry, EventEntry
from collector.simulation.unit import ZONE

log = structlog.get_logger(__name__)

DROP, LABORATORY = "drop", "laboratory.db"


@dataclass(frozen=True, slots=True)
class BesideGauge:
    """What an instrument shows: its node in a folder of the server, and the unit with whose controller it hangs."""

    folder: str
    node: str
    unit: str
    value: float


class WorksBeside:
    """In `folder`. `advance` works, and gives what the book has to hold before `show` lets the world see it."""

    def __init__(self, folder: Path, seed: int, time_s: int, modbus_port: int) -> None:
        self._folder = folder
        self._seed = seed
        self._time_s = self._begun_s = time_s
        self._dropped_s = time_s - mine_sheets.SHEET_S  # the file that came last is there at the start
        self._belt = ore_belt.OreBelt(seed, time_s)
        self._bridge = weighbridge.Weighbridge(modbus_port)
        self._weighed: list[weighbridge.LorryWeighing] = []
        self._sheets: list[list[mine_sheets.Skip]] = []
        self._assays: list[laboratory.Assay] = []
        (folder / DROP).mkdir(parents=True, exist_ok=True)
        self._laboratory = laboratory.Laboratory(folder / LABORATORY)

    @property
    def rate_t_per_h(self) -> float:
        """What the ore belt shows now."""
        return self._belt.rate_t_per_h

    @property
    def outdoor_c(self) -> float:
        """What the thermometer shows now."""
        return weather.outdoor_c(self._seed, self._time_s)

    def gauges(self, blast_m3_per_min: float = fuels.FULL_BLAST_M3_PER_MIN) -> list["BesideGauge"]:
        """What instruments show now that speak through the PLC's server. `blast_m3_per_min`: of all furnaces together,
        whose gas goes with it."""
        iron = fuels.FULL_IRON_T_PER_H * blast_m3_per_min / fuels.FULL_BLAST_M3_PER_MIN
        burned = fuels.shown(self._seed, self._time_s, self._begun_s, fuels.MadeAnHour(iron=iron))
        return [
            BesideGauge("OREBELT", ore_belt.NODE, ore_belt.TAG.partition(".")[0], self.rate_t_per_h),
            BesideGauge("WEATHER", weather.NODE, "chp", self.outdoor_c),
            *(
                BesideGauge("LONGWALL", longwall.NODES[signal], longwall.UNIT, value)
                for signal, value in longwall.shown(self._seed, self._time_s).items()
            ),
            *(
                BesideGauge("BOILERS", boilers.node(tag), "chp", load)
                for tag, load in boilers.shown(self._seed, self._time_s).items()
            ),
            *(
                BesideGauge("FUEL", fuels.GAUGES[signal].node, fuels.GAUGES[signal].unit, value)
                for signal, value in burned.items()
            ),
        ]

    async def open(self) -> None:
        """Begin to listen. Raises CannotStart."""
        await self._bridge.open()

    def advance(self, time_s: int) -> tuple[list[CounterEntry], list[EventEntry]]:
        """Work until UTC second `time_s`."""
        since_s, self._time_s = self._time_s, time_s
        self._belt.advance(time_s)
        self._weighed += weighbridge.weighings(self._seed, since_s, time_s)
        self._sheets += mine_sheets.sheets(self._seed, self._dropped_s, time_s)
        self._dropped_s = time_s
        self._assays += laboratory.assays(self._seed, since_s, time_s)
        belt = CounterEntry(ore_belt.TAG, time_s * 1_000_000_000, round(self._belt.made_t * 1e6))
        events = [each.entry() for each in self._weighed]
        events += [skip.entry() for sheet in self._sheets for skip in sheet]
        return [belt], events

    async def show(self) -> None:
        """Put what was done where others read it."""
        if self._weighed:
            await self._bridge.show(self._weighed[-1])
        try:
            for sheet in self._sheets:
                mine_sheets.drop(self._folder / DROP, sheet, ZONE)
        except OSError as error:
            log.error("sheet_not_dropped", folder=str(self._folder / DROP), error=str(error.strerror))
        self._laboratory.enter(self._assays)
        self._weighed, self._sheets, self._assays = [], [], []

    async def close(self) -> None:
        """Stop everything."""
        await self._bridge.close()
        self._laboratory.close()
