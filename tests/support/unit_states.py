"""Rows of unit_state with all their fields, as the service writes them."""

from datetime import UTC, datetime

from models.detection.state_row import UnitNow
from models.works.codes import UnitState
from models.works.localize import LANGUAGES
from models.works.plant import Plant, Unit
from models.works.table import Row

EVIDENCE = {
    "en": "{unit} has stood since {since}: at {since} blast was 12.0 of 450,000 m3/h (0 %); target {rate:.0f} t/h; "
    "BF 2, BF 4 work; at {heard} blast is 11.0 m3/h (0 %)",
    "ru": "{unit}: стоит с {since}, дутьё в {since}: 12,0 из 450 000 м³/ч (0 %); задание {rate:.0f} т/ч; "
    "в работе: Доменная печь 2, Доменная печь 4; в {heard} дутьё: 11,0 м³/ч (0 %)",
    "kk": "{unit}: {since} бастап тұр, {since} үрлеу: 450 000 м³/сағ орнына 12,0 (0 %); тапсырма {rate:.0f} т/сағ; "
    "жұмыста: 2-домна пеші, 4-домна пеші; {heard} үрлеу: 11,0 м³/сағ (0 %)",
}
WORKS = {"en": "{unit} works", "ru": "{unit}: в работе", "kk": "{unit}: жұмыста"}


def state_row(plant: Plant, unit: Unit, at_s: int, state: UnitState, severity: int = 0, cause_unit: str = "") -> Row:
    """What is told of `unit` at `at_s` (UTC seconds); tonnes an hour follow from the state."""
    product, target = next(iter(unit.daily_target_t.items()), ("", None))
    expected = None if target is None else target / 24
    share = {UnitState.OK: 0.98, UnitState.RAMP_UP: 0.6, UnitState.SLOW: 0.7, UnitState.STOPPED: 0.0}.get(state)
    sentences = EVIDENCE if state is UnitState.STOPPED else WORKS
    words = {"since": _clock(plant, at_s - 3600), "heard": _clock(plant, at_s), "rate": expected or 0.0}
    now = UnitNow(
        unit=unit.code,
        shop=unit.shop,
        product=product,
        at_s=at_s,
        since_s=at_s - 3600,
        state=state,
        severity=severity,
        expected_t_per_h=expected,
        actual_t_per_h=None if expected is None or share is None else expected * share,
        drop_pct=None if expected is None or share is None else 100 - 100 * share,
        cause_unit=cause_unit,
        evidence={language: sentences[language].format(unit=unit.names[language], **words) for language in LANGUAGES},
    )
    return now.row(plant.site)


def _clock(plant: Plant, at_s: int) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC).astimezone(plant.zone):%H:%M}"
