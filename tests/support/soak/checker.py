"""Reads all that a works shows at an instant, beside the simulator's book, and keeps each kind of false word once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.simulation import demo_folder
from collector.simulation.history import make_history
from collector.simulation.history_statements import history_plans
from collector.storage.ledger import incidents as ledger_incidents
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.schema import LEDGER
from dashboards.web.cards import counting_calendar
from dashboards.web.snapshot import Snapshot, read_snapshot
from dashboards.web.view import DeskView, desk_view
from models.alerts.incident import Incident
from models.works.calendar import day_bounds, production_day
from models.works.localize import LANGUAGES, Language
from tests.support.soak import causes, figures, incidents, languages
from tests.support.soak.book import NS, BookReader, SoakBook, of_history

FIGURES = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class FalseWord:
    """Something that was said and is not so, first at `first_s`, so many times up to `last_s`."""

    kind: str
    text: str
    first_s: int
    last_s: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Look:
    """What was shown at `now_s` (UTC seconds), and what the book said then."""

    now_s: int
    snapshot: Snapshot
    views: dict[Language, DeskView]
    incidents: Sequence[Incident]
    book: SoakBook


@dataclass(slots=True)
class Checker:
    """`found`: every kind of false word, by its kind and its text without figures."""

    settings: Settings
    desk: LedgerDesk
    reader: BookReader
    found: dict[tuple[str, str], FalseWord] = field(default_factory=dict)

    @staticmethod
    def of(settings: Settings, folder: Path, begins_ns: int, seed: int) -> "Checker":
        """Of the works in a demo's folder, whose history ends at `begins_ns`."""
        plant = settings.plant
        history, plans = of_history(make_history(plant, begins_ns, seed)), history_plans(plant, begins_ns, seed)
        reader = BookReader(plant, history, folder / demo_folder.BOOK, plans)
        return Checker(settings, LedgerDesk(plant, settings.data_dir / LEDGER.name), reader)

    def look(self, now_s: int, down: Sequence[tuple[int, int | None]] = ()) -> Look:
        """Read everything, and note what is false."""
        snapshot = read_snapshot(self.desk, now_s * NS)
        views: dict[Language, DeskView] = {language: desk_view(snapshot, language) for language in LANGUAGES}
        opened = EntryFile(self.settings).read(lambda connection: ledger_incidents.newest(connection, 200))
        look = Look(now_s, snapshot, views, opened, self.reader.read(down))
        for kind, text in false_words(look):
            self.note(kind, text, now_s)
        return look

    def note(self, kind: str, text: str, now_s: int) -> None:
        """Keep a false word, once for each kind."""
        key = kind, FIGURES.sub("#", text)
        known = self.found.get(key)
        self.found[key] = (
            FalseWord(kind, text, now_s, now_s)
            if known is None
            else FalseWord(kind, known.text, known.first_s, now_s, known.times + 1)
        )


def false_words(look: Look) -> Iterator[tuple[str, str]]:
    """Every false word of a look, with what it is about."""
    plant, book, now_s, view = look.snapshot.plant, look.book, look.now_s, look.views["en"]
    lamps = [lamp for shop in view.shops for lamp in shop.lamps]
    said = [causes.Said(lamp.unit, lamp.state, lamp.cause) for lamp in lamps]
    yield from (("state", text) for text in causes.false_states(said, book, now_s))
    for reported, card in zip(plant.reported, view.cards, strict=True):
        calendar = counting_calendar(plant, reported)
        start_ns, end_ns = day_bounds(calendar, production_day(calendar, now_s * NS))
        hours = [
            row
            for row in look.snapshot.hours
            if row.level == "site" and row.product == reported.product and start_ns <= row.start_ns < end_ns
        ]
        yield from (("figure", text) for text in figures.false_card(plant, reported, card, hours, book, now_s))
    yield from (("drop", text) for text in incidents.false_drops(view.drops, book, now_s))
    yield from (("incident", text) for text in incidents.false_incidents(look.incidents, book, now_s))
    yield from (("incident", text) for text in incidents.untold(look.incidents, book, now_s))
    for language in ("ru", "kk"):
        yield from (("language", text) for text in languages.false_language(texts(look.views[language]), language))


def texts(view: DeskView) -> Iterator[str]:
    """All that a page says in words."""
    yield from (view.site, view.date, view.warning, view.reason, view.no_drops, view.not_known)
    yield from (count.text for count in view.unit_counts)
    for card in view.cards:
        yield from (card.name, card.day, card.unit, card.target, card.target_so_far, card.attainment, card.completeness)
        yield card.chart.target_text
        yield from (line for bar in card.chart.bars for line in bar.tip)
    for shop in view.shops:
        yield shop.name
        for lamp in shop.lamps:
            yield from (lamp.name, lamp.state_text, lamp.cause, lamp.detail)
    for drop in view.drops:
        yield from (drop.name, drop.what, drop.when, drop.lasted, drop.cause, drop.evidence)
        yield from (text for loss in drop.losses for text in (loss.label, loss.amount))
    for source in view.sources:
        yield from (source.name, source.state_text, source.age)
