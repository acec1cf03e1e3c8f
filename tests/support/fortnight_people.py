"""What the people of the fortnight enter, and when: figures, plans, repairs, corrections, by the command `tundish`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.simulation.nodes import NODES
from collector.simulation.steelmaking import CONVERTERS, in_relining
from collector.simulation.surveys import Survey, form
from tests.support.fortnight_instruments import DAY_S, DAYS, HOUR_S, START_S

Command = Callable[..., Any]

FIGURES = "start,end,shop,unit,product,tonnes,status\n" + "".join(
    f"{start},{end},,{unit},{product},{tonnes},refined\n"
    for start, end, share in (
        ("2025-01-01", "2025-02-01", 0.90),
        ("2025-02-01", "2025-03-01", 0.80),
        ("2025-03-01", "2025-04-01", 0.95),
        ("2026-01-01", "2026-02-01", 1.00),
        ("2026-02-01", "2026-02-20", 0.62),
    )
    for unit, product, tonnes in (
        ("mine1", "coal_raw", round(372_000 * share)),
        ("mine2", "coal_raw", round(248_000 * share)),
        ("bf2", "pig_iron", round(58_900 * share)),
        ("bf3", "pig_iron", round(155_000 * share)),
        ("bf4", "pig_iron", round(62_000 * share)),
        ("cast1", "slab", round(142_600 * share)),
        ("hsm", "rolled", round(263_500 * share)),
    )
)
PLANS = "month,site,shop,unit,product,tonnes\n" + "".join(
    f"{month},,,{unit},{product},{tonnes}\n"
    for month, share in (("2026-02", 1.0), ("2026-03", 1.1))
    for unit, product, tonnes in (
        ("mine1", "coal_raw", round(330_000 * share)),
        ("bf2", "pig_iron", round(52_000 * share)),
        ("bf3", "pig_iron", round(140_000 * share)),
        ("bf4", "pig_iron", round(56_000 * share)),
        ("hsm", "rolled", round(230_000 * share)),
    )
)


@dataclass
class People:
    """What people do, and when: seconds since the start of the fortnight, and the arguments of the command.

    `surveys`: what lay in stock at the ends of the days so far; it grows.
    """

    run: Command
    folder: Path
    surveys: Sequence[Survey]
    said: list[str] = field(default_factory=list)
    _done: int = 0

    def due(self, second: int) -> None:
        """Everything up to that second."""
        entries = self._entries()
        while self._done < len(entries) and entries[self._done][0] <= second:
            self._tundish(*entries[self._done][1])
            self._done += 1

    def _entries(self) -> list[tuple[int, tuple[str, ...]]]:
        by = ("--by", "Anna")
        why = ("--by", "Surveyor", "--reason", "stock survey")
        return [
            (0, ("import", self._file("figures.csv", FIGURES), *by)),
            (0, ("plan", "import", self._file("plans.csv", PLANS), *by)),
            *((0, repair) for repair in self._relinings()),
            (
                HOUR_S,
                (
                    *("repair", "add", "--unit", "bf2", "--from", "2026-02-24", "--to", "2026-02-25 12:00", *by),
                    *("--approved-by", "Chief engineer", "--name", "bf2-blowdown"),
                ),
            ),
            (3 * DAY_S + 11 * HOUR_S, ("alert", "ack", "15", *by)),
            (3 * DAY_S + 20 * HOUR_S, ("alert", "list", "--all")),
            (9 * DAY_S, ("import", self._file("stocks.csv", form(self.surveys)), *by)),
            (
                9 * DAY_S + HOUR_S,
                (
                    *("correct", "--day", "2026-02-26", "--shop", "mines", "--unit", "mine1"),
                    *("--product", "coal_raw", "--tonnes", "-350.5", *why),
                ),
            ),
            (10 * DAY_S + 9 * HOUR_S, ("close", "2026-02", "--by", "Chief economist", "--confirm")),
            (11 * DAY_S, ("import", self._file("stocks-of-march.csv", form(self.surveys[-2 * len(NODES) :])), *by)),
            (
                11 * DAY_S,
                (
                    *("correct", "--day", "2026-02-27", "--shop", "blast_furnaces", "--unit", "bf3"),
                    *("--product", "pig_iron", "--tonnes", "120", *why),
                ),
            ),
        ]

    def _relinings(self) -> Iterator[tuple[str, ...]]:
        first = START_S // DAY_S + 1
        for number in range(1, CONVERTERS + 1):
            days = [day for day in range(first, first + DAYS) if in_relining(number, day)]
            if days:
                begin, end = (datetime.fromtimestamp(day * DAY_S, UTC).date() for day in (days[0], days[-1] + 1))
                yield (
                    *("repair", "add", "--unit", f"bof{number}", "--from", f"{begin}", "--to", f"{end}"),
                    *("--approved-by", "Chief engineer", "--kind", "relining", "--by", "Anna"),
                )

    def _file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def _tundish(self, *arguments: str) -> None:
        answer = self.run(*arguments)
        shown = " ".join(argument.replace(str(self.folder), ".") for argument in arguments)
        self.said.append(f"$ tundish {shown}\n{(answer.out + answer.err).replace(str(self.folder), '.')}")
