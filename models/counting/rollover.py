"""A fall from near the modulus: a rollover, or a reset that came just there. The rate and the step tell them apart.

A reset anywhere in the last twentieth of the range looks like a rollover, if the growth that this would be fits. It
seldom comes there, and a rollover always does. So a fall is a rollover if the counter can have grown so much since the
reading before; if only jitter of the stamps explains it, or a step that is not known yet, it counts and is marked as
uncertain; and if nothing does, it is a reset.
"""

from models.counting.accepted_step import explained
from models.counting.counter_step import Anchor, Growth, Relation, TotalizerRule, growth
from models.counting.totalizer_state import TotalizerState
from models.works.calendar import HOUR_NS

_RESET = Growth(Relation.RESET)


def judged(rule: TotalizerRule, state: TotalizerState, base: Anchor, reading: Anchor) -> Growth:
    """`growth` from the base to a reading; a rollover that is faster than the counter can be is a reset."""
    grown = growth(rule, base, reading)
    if not grown.wrapped:
        return grown
    # What the first reading after the fall said stays true, however much time passes.
    run = state.suspect
    known = run is not None and reading.time_ns >= run.first.time_ns and growth(rule, base, run.first).wrapped
    return grown if not known and explained(rule, state, base, reading, grown) else _RESET


def may_be_reset(rule: TotalizerRule, state: TotalizerState, reading: Anchor, grown: Growth) -> bool:
    """Whether growth over a rollover needs jittered stamps, or steps that were not seen yet, to be explained."""
    base, rate_g = state.base, rule.rate_g_per_h
    if not grown.wrapped or base is None or rate_g is None:
        return False
    step_g = rule.resolution_g or min(state.finest_g, rule.step_g)
    return grown.grams > rate_g * (reading.time_ns - base.time_ns) // HOUR_NS + step_g
