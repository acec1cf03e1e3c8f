"""What a counter shows, in whole grams: exact for every counter of 64 bits, in whatever unit."""

from fractions import Fraction

from models.works.exact_number import WHOLE_FROM, Number, as_written
from models.works.plant import Tag

_WIDTHS = (2**63, 2**64)
"""Where counters of 64 bits start again from 0."""


def grams_of(value: Number, grams_per_unit: float) -> int:
    """Rounded half to even. Raises ValueError or OverflowError for what is not finite."""
    grams = value * grams_per_unit
    # As nearly always: so many grams are exact in a float.
    if isinstance(value, float) and -WHOLE_FROM < grams < WHOLE_FROM:
        return round(grams)
    return round(Fraction(value) * as_written(grams_per_unit))


def counter_modulus(tag: Tag) -> Number | None:
    """Where the counter of a tag starts again from 0, in its unit of measure.

    2^64 kg in t has twenty digits, of which a configuration keeps seventeen: the width that it must mean is taken.
    """
    if tag.modulus is None:
        return None
    widths = (tag.conversion.applied(width) for width in _WIDTHS)
    return next((width for width in widths if float(width) == tag.modulus), tag.modulus)
