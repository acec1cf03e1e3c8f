"""Reads a recorded case: a folder with case.yaml, minutes.csv and events.csv, the two also as .csv.gz or .csv.xz."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collector.cases.columns import events_of, works_of
from collector.cases.document import CaseFile
from collector.cases.tables import read_table
from collector.config.load import load
from collector.config.problem import Path as Place
from collector.config.problem import Problems
from collector.config.sentences import did_you_mean, parse
from collector.config.yaml_file import read_document
from collector.errors import ConfigurationError
from collector.files.moment import UnreadableMoment, instant_ns
from models.detection.expected.expected import Expected
from models.detection.expected.planned import planned
from models.detection.expected.standstills import AtRates, Standstills
from models.detection.minutes.observed import MINUTE_S, WorksMinutes
from models.rehearsal.labels import Label
from models.stated.facts import Facts
from models.stated.plan import Repair, RepairKind
from models.works.calendar import NS
from models.works.plant import Calendar, Plant

CASE = "case.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCase:
    """A case of `plant`, which has the units of the case, and may be another works than the one that is rehearsed.

    `rates_t_per_h`: what units should make while they work, by code; without any the plant's daily targets hold.
    """

    title: str
    source: str
    plant: Plant
    minutes: WorksMinutes
    rates_t_per_h: Mapping[str, float]
    repairs: Sequence[Repair]
    labels: Sequence[Label]

    def expected(self, plant: Plant) -> Expected:
        """What is expected by the rules and repair shifts of `plant`, which has the same units."""
        if not self.rates_t_per_h:
            return planned(plant, Facts(all_repairs=self.repairs))
        return AtRates(
            self.rates_t_per_h,
            {
                code: Standstills(
                    [(repair.start_ns // NS, repair.end_ns // NS) for repair in self.repairs if repair.unit == code],
                    unit.repair_shifts,
                    plant.shops[unit.shop].calendar.zone,
                )
                for code, unit in plant.units.items()
            },
        )


def read_case(path: Path, plant: Plant) -> RecordedCase:
    """The case in a folder, or beside its case.yaml. `plant` is the works if the case names no other. Blocks.

    Raises:
        ConfigurationError: the case has faults; its text names them with their lines and their fixes.
    """
    file = path / CASE if path.is_dir() else path
    problems = Problems()
    document = read_document(file, problems, "--case")
    entry = parse(CaseFile, document.data, (), problems)
    if problems.found or entry is None:
        raise ConfigurationError("\n".join(problems.lines(document.marks)))
    if entry.plant is not None:
        plant = load(file.parent / entry.plant, environment={}).plant
    checked = _Checked(plant, problems)
    repairs = [
        Repair(
            name=f"R{number}",
            unit=standstill.unit,
            start_ns=start_s * NS,
            end_ns=end_s * NS,
            kind=RepairKind.CURRENT,
            approved_by=entry.source,
        )
        for number, standstill in enumerate(entry.standstills)
        for start_s, end_s in [checked.span(standstill.start, standstill.end, ("standstills", number))]
        if checked.unit(standstill.unit, ("standstills", number, "unit"))
    ]
    for code in entry.expected_t_per_h:
        checked.unit(code, ("expected_t_per_h", code))
    labels = []
    for number, label in enumerate(entry.labels):
        for index, code in enumerate(label.units):
            checked.unit(code, ("labels", number, "units", index))
        start_s, end_s = checked.span(label.start, label.end, ("labels", number))
        late_s = round(label.late or 0.0)
        labels.append(
            Label(
                units=tuple(label.units),
                start_s=start_s,
                end_s=end_s,
                late_s=late_s,
                data=label.data,
                required=label.required,
                what=label.what,
            )
        )
    # Minutes are those of the clock: a start within one begins with that minute.
    start = None if entry.start is None else checked.instant(entry.start, ("start",)) // MINUTE_S * MINUTE_S
    # Every fault of case.yaml is shown before the tables are read, which takes far longer.
    if problems.found:
        raise ConfigurationError("\n".join(problems.lines(document.marks)))
    minutes = _minutes(file.parent, plant, start)
    return RecordedCase(
        title=entry.title,
        source=entry.source,
        plant=_part_of(plant, minutes.units),
        minutes=minutes,
        rates_t_per_h=entry.expected_t_per_h,
        repairs=repairs,
        labels=labels,
    )


def _part_of(plant: Plant, units: Collection[str]) -> Plant:
    """The plant as if it had these units only; what is reported or balanced is left out."""
    return replace(
        plant,
        units={code: unit for code, unit in plant.units.items() if code in units},
        tags=tuple(tag for tag in plant.tags if tag.unit in units),
        detection=replace(
            plant.detection, by_unit={code: of for code, of in plant.detection.by_unit.items() if code in units}
        ),
        reported=(),
        balance=(),
    )


@dataclass(frozen=True, slots=True)
class _Checked:
    """Reads units and instants of case.yaml; what is wrong goes to `problems`."""

    plant: Plant
    problems: Problems

    def unit(self, code: str, at: Place) -> bool:
        if code not in self.plant.units:
            hint = did_you_mean(code, self.plant.units)
            self.problems.add(at, f"'{code}' is not a unit of this plant; {hint}")
        return code in self.plant.units

    def instant(self, text: str, at: Place) -> int:
        try:
            return instant_ns(text, Calendar(zone=self.plant.zone)) // NS
        except UnreadableMoment as error:
            self.problems.add(at, str(error))
            return 0

    def span(self, start: str, end: str, at: Place) -> tuple[int, int]:
        span = self.instant(start, (*at, "start")), self.instant(end, (*at, "end"))
        if span[1] <= span[0] and not self.problems.under(at):
            self.problems.add((*at, "end"), f"'{end}' is not after the start, {start}; fix one of them")
        return span


def _minutes(folder: Path, plant: Plant, start_s: int | None) -> WorksMinutes:
    table = read_table(folder, "events.csv")
    events = [] if table is None else events_of(plant, table)
    minutes = read_table(folder, "minutes.csv")
    if minutes is None:
        raise ConfigurationError(
            f"{folder}: there is no minutes.csv (nor .csv.gz, .csv.xz); give a row for each minute"
        )
    return works_of(plant, minutes, start_s, events)
