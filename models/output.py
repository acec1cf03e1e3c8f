"""Roll-up of bucket sums into rows of `output_hour` and `output_day` for units, shops and the site."""

from dataclasses import dataclass

from models.increment import IncrementFlag


@dataclass(frozen=True, slots=True)
class BucketSum:
    """The sum of a counter's increments over one ledger bucket [start_s, end_s) (UTC seconds).

    A bucket is one of BUCKET_S, or the span of a COARSE increment. `readings` are good readings, for completeness;
    `flags` are those of all its increments together.
    """

    tag: str
    unit: str
    product: str
    start_s: int
    end_s: int
    grams: int
    readings: int
    flags: IncrementFlag = IncrementFlag.NONE
