"""`tundish completeness`: how complete the readings of a production day are, signed by a digest of its rows."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say

if TYPE_CHECKING:
    from datetime import date

    from rich.table import Table

    from collector.entries.entry_file import EntryFile
    from collector.storage.ledger.certificate import Certificate
    from models.tables.certificate import TagCompleteness, UnitCompleteness
    from models.works.localize import Language
    from models.works.plant import Plant

COUNTS = ("expected", "read", "backfilled", "late", "rejected", "lost")
GAPS_SHOWN = 20
"""The longest ones: more than a screen of them nobody reads, and --json has all."""


@errors_in_language
def completeness(
    day: Annotated[
        str | None,
        typer.Option("--day", help="the production date; the last completed one if missing", show_default=False),
    ] = None,
    shift: Annotated[int, typer.Option("--shift", min=0, help="one shift of the day, 1 is the first; 0: all")] = 0,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="one unit, or several", show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    json: Annotated[bool, typer.Option("--json", help="print it as JSON, with each tag")] = False,
    verify: Annotated[
        str | None,
        typer.Option("--verify", help="compare with the digest of an earlier certificate", show_default=False),
    ] = None,
) -> None:
    """Certify how complete the readings of a day are: expected, read, from history, lost, and each gap with its cause.

    The digest is of the rows of the ledger that it covers: computed again on the same rows it is the same.

    Raises:
        ConfigurationError: the configuration has faults, or there is no such day, shift or unit.
        CannotStart: there is no ledger yet.
        CollectorError: the rows are not those of the digest.
    """
    from collector.cli.completeness_texts import completeness_text
    from collector.cli.entry_options import entry_file
    from collector.errors import CollectorError

    entries = entry_file(plant)
    certificate = _certificate(entries, _day(entries, day), frozenset(unit or ()), shift)
    if json:
        import json as json_form

        say(json_form.dumps(certificate_rows(entries.plant, certificate), ensure_ascii=False, indent=1))
    else:
        _show(entries.plant, certificate, lang.value)
    if verify is None:
        return
    if verify.strip().lower() != certificate.digest:
        raise CollectorError(completeness_text("differs", digest=verify.strip()[:64]))
    if not json:
        say(completeness_text("same").told(lang.value))


def _day(entries: "EntryFile", text: str | None) -> "date":
    """The day that is asked for; the last that is over in every shop if none is."""
    from datetime import date

    from collector.cli.completeness_texts import completeness_text
    from collector.cli.places import parsed_day
    from collector.errors import ConfigurationError
    from models.works.calendar import production_day

    running = [production_day(shop.calendar, entries.clock_ns()).toordinal() for shop in entries.plant.shops.values()]
    if text is None:
        return date.fromordinal(min(running) - 1)
    asked = parsed_day(text)
    if asked > max(running):
        raise ConfigurationError(completeness_text("not_begun", day=text))
    return date.fromordinal(asked)


def _certificate(entries: "EntryFile", day: "date", units: frozenset[str], shift: int) -> "Certificate":
    from collector.cli.completeness_texts import completeness_text
    from collector.errors import ConfigurationError
    from collector.storage.ledger.certificate import AskedCertificate, read_certificate
    from collector.storage.quarantine.browser import newest_refused

    plant = entries.plant
    counting = {tag.unit for tag in plant.tags if tag.product is not None}
    for unknown in sorted(units - counting):
        raise ConfigurationError(completeness_text("no_unit", unit=unknown, known=", ".join(sorted(counting))))
    shops = {plant.units[code].shop for code in units or counting}
    if shift > min((len(plant.shops[shop].calendar.shift_starts) for shop in shops), default=0):
        raise ConfigurationError(completeness_text("no_shift", shift=shift))
    refused = newest_refused(entries.settings.data_dir)
    asked = AskedCertificate(day, units, shift)
    return entries.read(lambda connection: read_certificate(connection, plant, asked, refused, entries.clock_ns()))


def _show(plant: "Plant", certificate: "Certificate", language: "Language") -> None:
    from collector.cli.completeness_texts import completeness_text
    from collector.cli.terminal import show
    from dashboards.web.readings import drift_lines

    site = plant.site_names.get(language) or plant.site_names["en"]
    simulated = " (SIMULATED)" if plant.simulated and "SIMULATED" not in site else ""
    say(completeness_text("title", site=site + simulated, day=certificate.day).told(language))
    if any(unit.end_s > certificate.until_s for unit in certificate.units):
        say(completeness_text("runs", at=_clock(plant, certificate.until_s)).told(language))
    show(_table(plant, certificate, language))
    for line in gap_lines(plant, certificate, language):
        say(line)
    for line in drift_lines(plant, certificate.drifts, language):
        say(line)
    say(completeness_text("digest", digest=certificate.digest).told(language))


def _table(plant: "Plant", certificate: "Certificate", language: "Language") -> "Table":
    from rich.table import Table

    from collector.cli.completeness_texts import completeness_text
    from dashboards.web.numbers import number
    from models.tables.loss_words import COUNT_WORDS, DAY_WORD, SHIFT_WORD

    def told(key: str) -> str:
        return completeness_text(key).told(language)

    words = [COUNT_WORDS[what][language] for what in COUNTS]
    table = Table(told("unit"), SHIFT_WORD[language], *words, told("pct"))
    for column in table.columns[2:]:
        column.justify = "right"
    last = ""
    for unit in certificate.units:
        name = "" if unit.unit == last else plant.units[unit.unit].name(language)
        last = unit.unit
        counts = (number(unit.total(what), language, 0) for what in COUNTS)
        table.add_row(
            name, str(unit.shift) if unit.shift else DAY_WORD[language], *counts, number(unit.pct, language, 1)
        )
    return table


def gap_lines(plant: "Plant", certificate: "Certificate", language: "Language") -> list[str]:
    """The longest gaps with their causes, of the longest span of each unit that was asked for."""
    from collector.cli.completeness_texts import completeness_text
    from models.tables.loss_words import CAUSE_WORDS

    gaps = [(gap, tag.tag) for unit in _widest(certificate.units) for tag in unit.tags for gap in tag.gaps]
    if not gaps:
        return [completeness_text("no_gaps").told(language)]
    lines = [completeness_text("gaps").told(language)]
    longest = sorted(gaps, key=lambda item: item[0].start_s - item[0].end_s)[:GAPS_SHOWN]
    for gap, tag in sorted(longest, key=lambda item: (item[0].start_s, item[1])):
        cause = CAUSE_WORDS[gap.cause][language]
        span = {"start": _clock(plant, gap.start_s), "end": _clock(plant, gap.end_s, since_s=gap.start_s)}
        lines.append("  " + completeness_text("gap", tag=tag, lost=gap.lost, cause=cause, **span).told(language))
    if len(gaps) > GAPS_SHOWN:
        lines.append("  " + completeness_text("more_gaps", count=len(gaps) - GAPS_SHOWN).told(language))
    return lines


def _widest(units: "tuple[UnitCompleteness, ...]") -> "list[UnitCompleteness]":
    found: dict[str, UnitCompleteness] = {}
    for unit in units:
        known = found.get(unit.unit)
        if known is None or unit.end_s - unit.start_s > known.end_s - known.start_s:
            found[unit.unit] = unit
    return list(found.values())


def _clock(plant: "Plant", at_s: int, since_s: int = 0) -> str:
    """The local clock; with the date where that is another than at `since_s` (0: it is known)."""
    from dashboards.web.numbers import moment
    from models.works.calendar import NS

    return moment(at_s * NS, (since_s or at_s) * NS, plant.zone)


def certificate_rows(plant: "Plant", certificate: "Certificate") -> dict[str, object]:
    """The certificate as JSON has it; instants in UTC."""
    from models.alerts.numbers import utc_text

    def of_tag(tag: "TagCompleteness") -> dict[str, object]:
        gaps = [
            {
                "start": utc_text(gap.start_s),
                "end": utc_text(gap.end_s),
                "lost": gap.lost,
                "cause": gap.cause.value,
            }
            for gap in tag.gaps
        ]
        return {"tag": tag.tag, **{what: getattr(tag, what) for what in COUNTS}, "gaps": gaps}

    return {
        "site": plant.site,
        "day": certificate.day.isoformat(),
        "until": utc_text(certificate.until_s),
        "units": [
            {
                "unit": unit.unit,
                "shift": unit.shift or None,
                "start": utc_text(unit.start_s),
                "end": utc_text(unit.end_s),
                **{what: unit.total(what) for what in COUNTS},
                "known_pct": None if unit.pct is None else round(unit.pct, 2),
                "tags": [of_tag(tag) for tag in unit.tags],
            }
            for unit in certificate.units
        ],
        "drifts": [
            {
                "unit": one.unit,
                "span": {0: "day", -1: "month", -2: "month by survey"}.get(one.shift, one.shift),
                "rate": one.drift.rate,
                "counter": one.drift.counter,
                "integrated_t": one.drift.integrated_g / 1e6,
                "counted_t": one.drift.counted_g / 1e6,
                "drift_pct": None if one.drift.pct is None else round(one.drift.pct, 3),
            }
            for one in certificate.drifts
        ],
        "digest": certificate.digest,
    }
