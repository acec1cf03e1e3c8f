"""What people state beside tonnes, in the words of the list of changes: which field, in which unit of measure. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.report.incident_line import shop_name
from dashboards.web.numbers import local
from dashboards.web.texts import text
from models.access.recorded_change import ActKind, ChangedField, RecordedChange
from models.briefing.shown_numbers import currency_name, shown, signed
from models.stated.accident import AccidentTerms
from models.stated.measure import Indicator, Project
from models.stated.project_progress import ProjectsAsKnown
from models.works.localize import NO_BREAK_SPACE, Language, localize_day
from models.works.place import ALL
from models.works.plant import Plant

_NAMES = {
    "work_plan": "project_work_plan",
    "work_done": "project_work_done",
    "paid_plan": "project_paid_plan",
    "paid": "project_paid_month",
    "physical_pct": "project_ready",
    "jobs": "project_jobs",
    "value": "indicator_value",
    "growth": "indicator_published",
    "employed": "change_employed",
    "hours_worked": "change_hours_worked",
    "good_pct": "change_good",
    "forecast": "project_expected",
    "fact": "project_reached",
    "at_ns": "safety_at",
    "shop": "safety_place",
    "kind": "safety_kind",
    "cause": "safety_cause",
    "victims": "safety_victims",
    "fatal": "safety_fatal",
    "days_lost": "safety_days_lost",
    "note": "safety_note",
}
PEOPLE_FIELDS = ("employed", "hours_worked")
"""Of a shop or a unit, and of no project or indicator."""
UNIT_FIELDS = ("good_pct",)
"""Of a unit and its product."""
_AMOUNTS = ("work_plan", "work_done", "paid_plan", "paid")


@dataclass(frozen=True, slots=True)
class StatedNames:
    """What the works has beside tonnes, under its present and former codes."""

    plant: Plant
    known: ProjectsAsKnown
    terms: AccidentTerms

    def subject(self, change: RecordedChange, language: Language) -> str:
        """The name of the project or indicator, with its milestone; the place of people and hours; else its code."""
        found = self._of(change.subject)
        if found is None and any(field.name in UNIT_FIELDS for field in change.fields):
            return self._output(change.subject, language)
        if found is None:
            return _place(self.plant, change.subject, language)
        parts = [found.name(language)]
        if change.part:
            steps = found.milestones if isinstance(found, Project) else ()
            parts.append(next((each.name(language) for each in steps if each.code == change.part), change.part))
        return ", ".join(parts)

    def fields(self, change: RecordedChange, language: Language) -> tuple[str, str]:
        """What stood before and what was stated: each field with its name, its value and its unit of measure."""
        before: list[str] = []
        after: list[str] = []
        for field in change.fields:
            for value, lines in ((field.before, before), (field.after, after)):
                if value or (change.done == "corrected" and field.before != field.after):
                    told = self._value(change, field, value, language)
                    lines.append(
                        text("change_field", language).format(name=text(_NAMES[field.name], language), value=told)
                    )
        if change.sum:
            total, budget = (
                self._value(change, change.fields[0], number, language) for number in (change.sum, change.budget)
            )
            after.append(text("change_beyond", language).format(sum=total, budget=budget))
        return "; ".join(before), "; ".join(after)

    def _output(self, subject: str, language: Language) -> str:
        """Of "bf3/pig_iron"."""
        unit, _, product = subject.partition("/")
        known = self.plant.units.get(unit), self.plant.products.get(product)
        return ", ".join(
            code if each is None else each.name(language) for each, code in zip(known, (unit, product), strict=True)
        )

    def _of(self, code: str) -> Project | Indicator | None:
        known: tuple[Project | Indicator, ...] = (*self.known.projects, *self.known.indicators)
        return next((each for each in known if code in (each.code, *each.renamed_from)), None)

    def _value(self, change: RecordedChange, field: ChangedField, value: str, language: Language) -> str:
        if not value:
            return text("safety_being_established" if field.name == "cause" else "safety_not_stated", language)
        if change.kind is ActKind.ACCIDENT:
            return self._of_accident(change, field.name, value, language)
        if change.kind is ActKind.MILESTONE:
            return localize_day(date.fromisoformat(value), language)
        number = Decimal(value)
        if field.name == "growth":
            return f"{signed(number, language)}{NO_BREAK_SPACE}%"
        unit = self._unit(change.subject, field.name, language)
        return NO_BREAK_SPACE.join(part for part in (shown(number, language), unit) if part)

    def _unit(self, subject: str, field: str, language: Language) -> str:
        found = self._of(subject)
        if isinstance(found, Indicator):
            return found.unit(language)
        if field in ("physical_pct", *UNIT_FIELDS):
            return "%"
        if found is None or field not in _AMOUNTS:
            return ""
        return text(f"amounts_{found.amounts_in}", language).format(currency=currency_name(found.currency, language))

    def _of_accident(self, change: RecordedChange, field: str, value: str, language: Language) -> str:
        if field == "at_ns":
            shop = self.plant.shops.get(change.shop)
            at = local(int(value), self.plant.zone if shop is None else shop.calendar.zone)
            return f"{localize_day(at.date(), language)} {at:%H:%M}"
        if field == "shop":
            return _place(self.plant, value, language)
        if field == "kind":
            return self.terms.kind_name(value, language)
        return self.terms.cause_name(value, language) if field == "cause" else value


def _place(plant: Plant, code: str, language: Language) -> str:
    """Of "mines/mine1", "mines" or "all"."""
    shop, _, unit = code.partition("/")
    if unit in ("", ALL):
        return shop_name(plant, shop, language)
    found = plant.units.get(unit)
    return unit if found is None else found.name(language)
