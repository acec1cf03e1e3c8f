"""Rows of unit_state with all their fields, as the service writes them."""

from models.codes import UnitState
from models.detection.state_row import UnitNow
from models.plant import LANGUAGES, Plant, Unit
from models.table import Row

EVIDENCE = {
    "en": "{unit} has stood since 14:12: blast is 12.0 of 450,000 m3/h (0 %); target 125 t/h; last heard at 15:11",
    "ru": "{unit}: стоит с 14:12, blast 12,0 из 450 000 m3/h (0 %); задание 125 т/ч; последний ответ в 15:11",
    "kk": "{unit}: 14:12 бастап тұр, blast 450 000 m3/h орнына 12,0 (0 %); тапсырма 125 т/сағ; соңғы жауап 15:11",
}
WORKS = {"en": "{unit} works", "ru": "{unit}: в работе", "kk": "{unit}: жұмыста"}


def state_row(plant: Plant, unit: Unit, at_s: int, state: UnitState, severity: int = 0, cause_unit: str = "") -> Row:
    """What is told of `unit` at `at_s` (UTC seconds); tonnes an hour follow from the state."""
    product, target = next(iter(unit.daily_target_t.items()), ("", None))
    expected = None if target is None else target / 24
    share = {UnitState.OK: 0.98, UnitState.RAMP_UP: 0.6, UnitState.SLOW: 0.7, UnitState.STOPPED: 0.0}.get(state)
    sentences = EVIDENCE if state is UnitState.STOPPED else WORKS
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
        evidence={language: sentences[language].format(unit=unit.names[language]) for language in LANGUAGES},
    )
    return now.row(plant.site)
