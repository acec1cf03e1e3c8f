"""Who changed what, in one language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dashboards.report.reason_name import reason_name
from dashboards.web.changes_named import PEOPLE_FIELDS, UNIT_FIELDS, StatedNames
from dashboards.web.month_parts import Linked
from dashboards.web.numbers import local, moment, with_unit
from dashboards.web.texts import text
from models.access.recorded_change import ActKind, RecordedChange
from models.alerts.incident import Role
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.stated_act import Effect
from models.stated.stop_reason import StopReason
from models.works.calendar import NS
from models.works.localize import NO_BREAK_SPACE, Language, localize_day, localize_month
from models.works.place import ALL
from models.works.plant import Plant

COLUMNS = (
    "change_when",
    "change_who",
    "change_what",
    "change_about",
    "change_before",
    "change_after",
    "change_note",
)
ADDRESS = "/changes"
_DAY_NS = 86_400 * NS
_DONE_KEYS = {
    (ActKind.REPAIR, "entered"): "change_entered",
    (ActKind.REPAIR, "withdrawn"): "change_withdrawn",
    (ActKind.ACCIDENT, "entered"): "change_entered",
    (ActKind.ACCIDENT, "corrected"): "change_corrected",
    (ActKind.ACCIDENT, "withdrawn"): "change_withdrawn",
    **{
        (kind, effect.value): f"change_{effect.value}"
        for kind in (ActKind.MEASURE, ActKind.MILESTONE)
        for effect in Effect
    },
    (ActKind.REASON, "joined"): "change_joined",
    (ActKind.REASON, "separated"): "change_separated",
    (ActKind.READING, "replayed"): "held_replayed",
    (ActKind.READING, "dropped"): "held_dropped",
    (ActKind.ALERT, "acknowledged"): "event_acknowledged",
    (ActKind.ALERT, "muted"): "event_muted",
    (ActKind.ALERT, "unmuted"): "event_unmuted",
    **{(ActKind.DUTY, role.value): f"role_{role.value}" for role in Role},
    (ActKind.USER, "added"): "user_added",
    (ActKind.USER, "changed"): "user_changed",
    (ActKind.USER, "password"): "user_new_password",
    (ActKind.USER, "token added"): "user_token_added",
    (ActKind.USER, "token ended"): "user_token_ended",
}
_OF_GRAMS = frozenset({ActKind.FIGURE, ActKind.PLAN, ActKind.ADJUSTMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChanges:
    """What is to be shown: of one kind, of one author; None and "": of all."""

    kind: ActKind | None = None
    author: str = ""

    def address(self, language: Language) -> str:
        """The page that shows it."""
        given = {"kind": self.kind.value if self.kind else "", "who": self.author, "lang": language}
        return f"{ADDRESS}?{urlencode({name: value for name, value in given.items() if value})}"


@dataclass(frozen=True, slots=True)
class ChangesOf:
    """What the lines are made of: the plant, its reasons of stops, the time (UTC), the language, and what people state
    of it; None: it could not be read."""

    plant: Plant
    reasons: Sequence[StopReason]
    now_ns: int
    language: Language
    named: StatedNames | None = None


def change_lines(found: Sequence[RecordedChange], asked: AskedChanges, of: ChangesOf) -> list[list[Linked]]:
    """A line each, in the order of COLUMNS. An author opens what that person changed."""
    return [_line(change, asked, of) for change in found]


def _line(change: RecordedChange, asked: AskedChanges, of: ChangesOf) -> list[Linked]:
    language = of.language
    by = AskedChanges(kind=asked.kind, author=change.author).address(language) if not asked.author else ""
    before, after = _before_and_after(change, of)
    return [
        Linked(_unbroken(moment(change.recorded_ns, of.now_ns, of.plant.zone))),
        Linked(change.author, by),
        Linked(_what(change, language)),
        Linked(_about(change, of)),
        Linked(before),
        Linked(after),
        Linked("" if change.kind is ActKind.USER else change.note),
    ]


def _what(change: RecordedChange, language: Language) -> str:
    kind = text(_kind_key(change), language)
    key = _DONE_KEYS.get((change.kind, change.done))
    done = text(key, language) if key else change.done
    return f"{kind}: {done}" if done else kind


def _kind_key(change: RecordedChange) -> str:
    names = {field.name for field in change.fields} if change.kind is ActKind.MEASURE else set()
    if names & set(PEOPLE_FIELDS):
        return "change_people"
    return "change_quality" if names & set(UNIT_FIELDS) else f"change_{change.kind.value}"


def _about(change: RecordedChange, of: ChangesOf) -> str:
    if change.kind is ActKind.USER:
        return change.note
    if change.kind is ActKind.ALERT:
        return text("change_incident", of.language).format(number=change.after) if change.after else ""
    if change.kind is ActKind.UNDOING:
        return text("change_incident", of.language).format(number=change.before)
    if change.subject and of.named is not None:
        parts = [of.named.subject(change, of.language), _span(change, of)]
        return ", ".join(part for part in parts if part)
    product = of.plant.products.get(change.product)
    parts = [_place(change, of), change.product if product is None else product.name(of.language), _span(change, of)]
    return ", ".join(part for part in parts if part)


def _place(change: RecordedChange, of: ChangesOf) -> str:
    site = of.plant.site_names
    if change.unit not in ("", ALL):
        unit = of.plant.units.get(change.unit)
        return change.unit if unit is None else unit.name(of.language)
    if change.shop not in ("", ALL):
        shop = of.plant.shops.get(change.shop)
        return change.shop if shop is None else shop.names.get(of.language) or shop.names["en"]
    return site.get(of.language) or site["en"] if ALL in (change.shop, change.unit) else ""


def _span(change: RecordedChange, of: ChangesOf) -> str:
    """A month, a day, or from when to when; "" where it is of no time."""
    if not change.start_ns:
        return ""
    zone = of.plant.zone
    begin = local(change.start_ns, zone)
    if change.end_ns <= change.start_ns:
        return _unbroken(moment(change.start_ns, of.now_ns, zone))
    end = local(change.end_ns, zone)
    if begin.day == end.day == 1 and change.end_ns - change.start_ns > 27 * _DAY_NS:
        return localize_month(date(begin.year, begin.month, 1), of.language)
    if change.end_ns - change.start_ns in (23 * _DAY_NS // 24, _DAY_NS, 25 * _DAY_NS // 24):
        return localize_day(begin.date(), of.language)
    edges = moment(change.start_ns, of.now_ns, zone), moment(change.end_ns, change.start_ns, zone)
    return " – ".join(_unbroken(edge) for edge in edges)


def _unbroken(told: str) -> str:
    """A moment in one line: 30 Nov in one and 17:58 in the next are read as of two."""
    return told.replace(" ", NO_BREAK_SPACE)


def _before_and_after(change: RecordedChange, of: ChangesOf) -> tuple[str, str]:
    language = of.language
    if change.kind in _OF_GRAMS:
        after = _tonnes(change.after_g, language) or text("change_nothing", language)
        return _tonnes(change.before_g, language), after
    if change.kind is ActKind.REASON:
        return _reasons(change.before, of), _reasons(change.after, of)
    if change.kind in (ActKind.ALERT, ActKind.UNDOING):
        return "", ""
    if change.fields and of.named is not None:
        return of.named.fields(change, language)
    if change.kind is ActKind.DUTY:
        return change.before, change.after or text("lack_nobody", language)
    if change.kind is ActKind.USER:
        return _user(change.before, language), _user(change.after, language)
    return change.before, change.after


def _user(told: str, language: Language) -> str:
    """Full name, roles, shops and state as the file of users records them; roles are as commands take them."""
    known = {"all shops": "user_all_shops", "enabled": "user_enabled", "disabled": "user_disabled"}
    parts = [text(known[part], language) if part in known else part for part in told.split("; ")]
    return "; ".join(part for part in parts if part)


def _reasons(codes: str, of: ChangesOf) -> str:
    return ", ".join(reason_name(of.reasons, code, of.language) for code in codes.split())


def _tonnes(grams: int | None, language: Language) -> str:
    return "" if grams is None else with_unit(grams / GRAMS_PER_TONNE, text("unit_t", language), language, 3)
