"""What a rehearsal says, as headed tables of words: the terminal and the page show the same. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboards.report.rehearsal_texts import rehearsal_text
from dashboards.report.texts import report_text
from dashboards.web.numbers import duration, local, number
from models.rehearsal.alert import Alert
from models.rehearsal.comparison import Comparison, Counts
from models.rehearsal.labels import Happened
from models.rehearsal.rehearsal import Rehearsal
from models.works.calendar import NS
from models.works.localize import Language

NOTHING = "–"
"""In place of a mean of no alert: 0 would say that they came at the same minute."""
LEAST_HOURS = 0.05
"""Less than this reads as 0.0 h."""


@dataclass(frozen=True, slots=True)
class TableView:
    """One headed table. `numbers` are the columns that hold numbers, which are aligned to the right."""

    title: str
    columns: Sequence[str]
    numbers: frozenset[int]
    rows: Sequence[Sequence[str]]
    more: str = ""


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """Everything that a rehearsal says. `simulated` is a sentence that stands above all, or ""."""

    title: str
    simulated: str
    header: Sequence[tuple[str, str]]
    tables: Sequence[TableView]
    notes: Sequence[str]


def rehearsal_view(rehearsal: Rehearsal, rules: str, language: Language, most: int | None = None) -> RehearsalView:
    """The view of one rehearsal of the file `rules`; at most `most` alerts each are listed as gained and as lost (None:
    all).
    """
    return _Writer(rehearsal, language).view(rules, most)


def cases_view(rehearsals: Sequence[Rehearsal], rules: str, language: Language) -> RehearsalView:
    """Several recorded cases in one table: how much of what happened was found, and how many alerts were false."""
    keys = ("case", "to_find", "found_present", "found_proposed", "earlier", "false_now", "false_then")
    rows = [_Writer(each, language).case_cells() for each in rehearsals]
    table = TableView(
        rehearsal_text("cases", language),
        [rehearsal_text(key, language) for key in keys],
        frozenset(range(1, len(keys))),
        rows,
    )
    header = [(rehearsal_text("rules", language), rules)]
    return RehearsalView(rehearsal_text("cases", language), "", header, [table], [])


@dataclass(frozen=True, slots=True)
class _Writer:
    rehearsal: Rehearsal
    language: Language

    def view(self, rules: str, most: int | None) -> RehearsalView:
        rehearsal, comparison = self.rehearsal, self.rehearsal.comparison
        tables = [self._summary(), *([] if rehearsal.happened is None else [self._happened(rehearsal.happened)])]
        if comparison.units:
            tables.append(self._by_unit())
        tables += [
            self._listed(self._text(key), found, most)
            for key, found in (("lost_alerts", comparison.lost), ("gained_alerts", comparison.gained))
            if found
        ]
        notes = [self._text("note_output" if rehearsal.happened is None else "note_labels")]
        if not comparison.lost and not comparison.gained:
            notes.insert(0, self._text("no_changes"))
        plant = rehearsal.plant
        return RehearsalView(
            title=self._text("title"),
            simulated=report_text("simulated", self.language) if plant.simulated else "",
            header=self._header(rules),
            tables=tables,
            notes=notes,
        )

    def _header(self, rules: str) -> list[tuple[str, str]]:
        rehearsal = self.rehearsal
        names = rehearsal.plant.site_names
        span = f"{self._moment(rehearsal.start_s)} – {self._moment(rehearsal.end_s)}"
        days = f"{self._number(rehearsal.days, 1)} {self._text('days')}"
        case = [("case", rehearsal.title), ("source", rehearsal.source)] if rehearsal.title else []
        found = [
            ("works", names.get(self.language) or names["en"]),
            *case,
            ("span", f"{span} ({days})"),
            ("rules", rules),
            ("no_data", self._unheard() or self._text("none")),
        ]
        return [(self._text(key), value) for key, value in found]

    def _unheard(self) -> str:
        """The units without data, with how many hours. Units with the same hours stand together."""
        units: dict[str, list[str]] = {}
        for code, hours in self.rehearsal.unheard_h.items():
            if hours >= LEAST_HOURS:
                units.setdefault(f"{self._number(hours, 1)} {self._text('h')}", []).append(code)
        every = len(self.rehearsal.unheard_h)
        return "; ".join(
            f"{self._text('all_units') if len(codes) == every > 1 else ', '.join(codes)}: {hours}"
            for hours, codes in units.items()
        )

    def _summary(self) -> TableView:
        comparison, days = self.rehearsal.comparison, self.rehearsal.days
        present, proposed = Counts.of(comparison.present), Counts.of(comparison.proposed)
        counted: list[tuple[str, Callable[[Counts], str]]] = [
            ("alerts", lambda counts: self._number(counts.alerts)),
            ("count_borne_out", lambda counts: self._number(counts.borne_out)),
            ("count_not_borne_out", lambda counts: self._number(counts.not_borne_out)),
            ("count_not_known", lambda counts: self._number(counts.not_known)),
            ("false_a_month", lambda counts: self._number(counts.false_a_month(days), 1)),
            ("false_p1_a_month", lambda counts: self._number(counts.false_p1_a_month(days), 1)),
        ]
        rows = [(self._text(key), of(present), of(proposed)) for key, of in counted]
        follow = len(comparison.follow[0]), len(comparison.follow[1])
        for key, (before, after) in (("follow", follow), ("data_alerts", self.rehearsal.data)):
            rows.append((self._text(key), self._number(before), self._number(after)))
        earlier = comparison.minutes_earlier()
        more = ", ".join(
            [
                f"{self._text('kept')}: {self._number(comparison.kept)}",
                f"{self._text('lost')}: {self._number(len(comparison.lost))}",
                f"{self._text('gained')}: {self._number(len(comparison.gained))}",
                f"{self._text('earlier')}: {self._signed(earlier)}",
            ]
        )
        columns = ("", self._text("present"), self._text("proposed"))
        return TableView(self._text("summary"), columns, frozenset({1, 2}), rows, more)

    def _by_unit(self) -> TableView:
        keys = ("unit", "present", "kept", "lost", "gained", "earlier", "false_present", "false_proposed")
        comparison = self.rehearsal.comparison
        rows = [(code, *self._unit_cells(comparison.of_unit(code))) for code in comparison.units]
        return TableView(self._text("by_unit"), [self._text(key) for key in keys], frozenset(range(1, len(keys))), rows)

    def _unit_cells(self, own: Comparison) -> list[str]:
        days = self.rehearsal.days
        return [
            *(self._number(count) for count in (len(own.present), own.kept, len(own.lost), len(own.gained))),
            self._signed(own.minutes_earlier()),
            *(self._number(Counts.of(found).false_a_month(days), 1) for found in (own.present, own.proposed)),
        ]

    def _listed(self, title: str, found: Sequence[Alert], most: int | None) -> TableView:
        keys = ("found", "unit", "what", "severity", "lasted", "output")
        shown = found if most is None else found[:most]
        rows = [
            (
                self._moment(alert.found_s),
                alert.unit,
                self._text(alert.kind.value),
                str(alert.severity),
                duration((self.rehearsal.end_s if alert.end_s is None else alert.end_s) - alert.since_s, self.language),
                self._text(alert.verdict.value),
            )
            for alert in shown
        ]
        more = self._text("more", count=len(found) - len(shown)) if len(shown) < len(found) else ""
        return TableView(title, [self._text(key) for key in keys], frozenset({3}), rows, more)

    def _happened(self, happened: Sequence[Happened]) -> TableView:
        keys = ("what", "began", "after_present", "after_proposed")
        rows = [
            (
                f"{', '.join(event.label.units)}: {event.label.what}",
                self._moment(event.label.start_s),
                self._after(event.label.start_s, event.present_s),
                self._after(event.label.start_s, event.proposed_s),
            )
            for event in happened
        ]
        return TableView(self._text("happened"), [self._text(key) for key in keys], frozenset(), rows)

    def case_cells(self) -> list[str]:
        """One line for a recorded case."""
        comparison, happened = self.rehearsal.comparison, self.rehearsal.happened or ()
        present, proposed = Counts.of(comparison.present), Counts.of(comparison.proposed)
        return [
            self.rehearsal.title,
            self._number(len(happened)),
            self._number(sum(event.present_s is not None for event in happened)),
            self._number(sum(event.proposed_s is not None for event in happened)),
            self._signed(comparison.minutes_earlier()),
            self._number(present.not_borne_out),
            self._number(proposed.not_borne_out),
        ]

    def _after(self, start_s: int, found_s: int | None) -> str:
        return self._text("never") if found_s is None else duration(found_s - start_s, self.language)

    def _moment(self, at_s: int) -> str:
        return local(at_s * NS, self.rehearsal.plant.zone).strftime("%Y-%m-%d %H:%M")

    def _number(self, value: float, decimals: int = 0) -> str:
        return number(value, self.language, decimals)

    def _signed(self, value: float | None) -> str:
        if value is None:
            return NOTHING
        shown = self._number(abs(value), 1)
        return shown if float(f"{value:.1f}") == 0 else f"{'+' if value > 0 else '-'}{shown}"

    def _text(self, key: str, **values: object) -> str:
        return rehearsal_text(key, self.language, **values)
