"""A person's signature under the figures of a day, and whether it still holds. Pure."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from models.counting.increment import GRAMS_PER_TONNE
from models.works.place import ALL
from models.works.table import Row

WORKS = ALL
"""The scope of who signs for the whole works; every other scope is the code of a shop."""
_HOURS_DECIMALS = 4
"""A third of a second: hours are quotients, and the order of a sum must not break a signature."""


class SignatureState(StrEnum):
    """Whether what was signed is what stands. `counting`: a change is on its way into the figures."""

    NONE = "none"
    HOLDS = "holds"
    CHANGED = "changed"
    COUNTING = "counting"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, order=True)
class SignedLine:
    """What a day says of one place: grams that were made, how much of the readings is known (percent), hours that it
    stood by plan and otherwise. None: not known. Plans and sums of the month are not signed: they change by themselves.
    """

    level: str
    shop: str
    unit: str
    product: str
    grams: int | None = field(compare=False)
    completeness_pct: float | None = field(compare=False)
    planned_stop_h: float | None = field(compare=False)
    unplanned_stop_h: float | None = field(compare=False)

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What makes it the same line on another day, or after a change."""
        return self.level, self.shop, self.unit, self.product

    @property
    def values(self) -> tuple[int | float | None, ...]:
        """What is signed of the place."""
        return self.grams, self.completeness_pct, self.planned_stop_h, self.unplanned_stop_h


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySignature:
    """`day`: an ordinal. `shops`: of the works, the digests of the shops' signatures that it rests on, by shop.

    `digest` covers all else but the number `id`, so neither the figures nor who signed can be changed unseen.
    """

    day: int
    scope: str
    user: str
    full_name: str
    note: str
    recorded_ns: int
    lines: tuple[SignedLine, ...]
    shops: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    id: int = 0

    @property
    def is_as_written(self) -> bool:
        """Whether the record still has the digest that it was stored with."""
        return self.digest == signature_digest(self)


@dataclass(frozen=True, slots=True)
class ScopeFigures:
    """The figures of a scope as they are published. `counting`: a change waits to be counted."""

    scope: str
    lines: tuple[SignedLine, ...]
    counting: bool = False


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line as it was signed and as it is now; None: there was, or is, none of that place."""

    signed: SignedLine | None
    now: SignedLine | None

    @property
    def line(self) -> SignedLine:
        """Whichever there is: it says the place."""
        found = self.now or self.signed
        assert found is not None  # noqa: S101 - one of the two is there
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedScope:
    """A scope of a day with its newest signature. `changes`: since that. `lines`, `rests`: what a signature given now
    would be under, the figures and the digests of the shops' signatures; `seen`: the digest of both.

    Of the works, `unsigned`: shops without a signature that holds; `shops`: those whose signatures are others than it
    was given on.
    """

    scope: str
    state: SignatureState
    signature: DaySignature | None
    lines: tuple[SignedLine, ...]
    rests: tuple[tuple[str, str], ...] = ()
    changes: tuple[LineChange, ...] = ()
    shops: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    seen: str = ""


def signed_lines(rows: Iterable[Row], shops: Container[str], scope: str) -> tuple[SignedLine, ...]:
    """The lines of a scope out of the day's published rows, in their order. `shops`: codes of the plant's."""
    found = []
    for row in rows:
        tags = dict(row.key.tags)
        if scope_of(shops, tags["shop"]) == scope:
            found.append(_line(tags, row.fields))
    return tuple(sorted(found))


def scope_of(shops: Container[str], shop: str) -> str:
    """Who signs for a row with that tag `shop`: that shop, if it is one of the plant's `shops`, else the works."""
    return shop if shop in shops else WORKS


def _line(tags: Mapping[str, str], fields: Mapping[str, int | float | str]) -> SignedLine:
    def number(name: str, decimals: int) -> float | None:
        value = fields.get(name)
        return None if value is None else round(float(value), decimals)

    made = fields.get("actual_t")
    return SignedLine(
        tags["level"],
        tags["shop"],
        tags["unit"],
        tags["product"],
        None if made is None else round(float(made) * GRAMS_PER_TONNE),
        number("completeness_pct", 6),
        number("planned_stop_h", _HOURS_DECIMALS),
        number("unplanned_stop_h", _HOURS_DECIMALS),
    )


def lines_text(lines: Sequence[SignedLine]) -> str:
    """The canonical form of figures: one JSON array, a line an array, without spaces."""
    return _canonical([[*line.place, *line.values] for line in lines])


def lines_of(text: str) -> tuple[SignedLine, ...]:
    """Back from the canonical form. Raises ValueError or TypeError for what is none."""
    return tuple(SignedLine(*line) for line in json.loads(text))


def shops_text(shops: Iterable[tuple[str, str]]) -> str:
    """The canonical form of what a signature of the works rests on."""
    return _canonical([list(pair) for pair in shops])


def shops_of(text: str) -> tuple[tuple[str, str], ...]:
    """Back from the canonical form. Raises ValueError or TypeError for what is none."""
    return tuple((str(shop), str(digest)) for shop, digest in json.loads(text))


def signature_digest(signature: DaySignature) -> str:
    """SHA-256 over who signed what and when, in hexadecimal."""
    said = (signature.scope, signature.day, signature.user, signature.full_name, signature.note, signature.recorded_ns)
    return _sha256(_canonical(list(said)), lines_text(signature.lines), shops_text(signature.shops))


def figures_digest(lines: Sequence[SignedLine], shops: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the figures alone: whether they are those that somebody looked at."""
    return _sha256(lines_text(lines), shops_text(shops))


def changes_of(signed: Sequence[SignedLine], now: Sequence[SignedLine]) -> tuple[LineChange, ...]:
    """The lines that differ, by place."""
    before, after = ({line.place: line for line in lines} for lines in (signed, now))
    found = (LineChange(before.get(place), after.get(place)) for place in sorted({*before, *after}))
    return tuple(
        change
        for change in found
        if change.signed is None or change.now is None or change.signed.values != change.now.values
    )


def judged(scopes: Sequence[ScopeFigures], newest: Mapping[str, DaySignature]) -> tuple[JudgedScope, ...]:
    """Each scope with whether its newest signature holds. The works count by the shops before it: it comes last."""
    found: list[JudgedScope] = []
    for scope in scopes:
        rests = tuple(
            (each.scope, each.signature.digest)
            for each in found
            if scope.scope == WORKS and each.signature is not None and each.state is SignatureState.HOLDS
        )
        unsigned = tuple(
            each.scope for each in found if scope.scope == WORKS and each.state is not SignatureState.HOLDS
        )
        signature = newest.get(scope.scope)
        # Of a record that somebody tampered with nothing is compared: its figures may be anything.
        sound = signature if signature is not None and signature.is_as_written else None
        changes = () if sound is None else changes_of(sound.lines, scope.lines)
        other = () if sound is None else _other_shops(sound.shops, rests, unsigned)
        counting = scope.counting or any(
            each.state is SignatureState.COUNTING for each in found if scope.scope == WORKS and signature is not None
        )
        found.append(
            JudgedScope(
                scope=scope.scope,
                state=_state(signature, counting=counting, differs=bool(changes or other)),
                signature=signature,
                lines=scope.lines,
                rests=rests,
                changes=changes,
                shops=other,
                unsigned=unsigned,
                seen=figures_digest(scope.lines, rests),
            )
        )
    return tuple(found)


def _state(signature: DaySignature | None, *, counting: bool, differs: bool) -> SignatureState:
    if signature is not None and not signature.is_as_written:
        return SignatureState.BROKEN
    if counting:
        return SignatureState.COUNTING
    if signature is None:
        return SignatureState.NONE
    return SignatureState.CHANGED if differs else SignatureState.HOLDS


def _other_shops(
    signed: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]], unsigned: Sequence[str]
) -> tuple[str, ...]:
    """Shops that the works' signature rested on otherwise, or not at all."""
    return tuple(sorted({shop for shop, _ in {*signed} ^ {*now}} | {*unsigned}))


def _sha256(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
