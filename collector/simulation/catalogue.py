"""What the simulated works has: shops, units, tags and products, with their OPC UA nodes. Data only.

The server publishes by this list and `plant.yaml` is written from it, so the two never differ.
"""

from dataclasses import dataclass, field

from models.works.codes import SignalRole, TagKind

NAMESPACE = "urn:tundish:simulated-works"
# Five digits, as the display of a belt scale has.
COUNTER_MODULUS_T = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSpec:
    """One signal. `node` is the string identifier in NAMESPACE (for an event, the folder of its ring).

    `unit` is what the node gives, `stored_unit` what the configuration asks for (low, high and nominal are in it).
    """

    signal: str
    kind: TagKind
    node: str
    unit: str
    stored_unit: str
    product: str | None = None
    low: float | None = None
    high: float | None = None
    max_rate_per_h: float | None = None
    role: SignalRole | None = None
    nominal: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSpec:
    """One unit with its names in en, ru, kk. `by_hand`: products whose shifts a clerk may state beside the counter."""

    code: str
    kind: str
    names: tuple[str, str, str]
    tags: tuple[TagSpec, ...]
    daily_target_t: dict[str, float] = field(default_factory=dict)
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopSpec:
    """One shop with its names in en, ru, kk."""

    code: str
    names: tuple[str, str, str]
    units: tuple[UnitSpec, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """What a gauge measures in: `low` and `high` are in `stored_unit`, which is `unit` if missing."""

    unit: str
    low: float
    high: float
    stored_unit: str | None = None


def _gauge(
    signal: str, node: str, scale: _Scale, *, role: SignalRole | None = None, nominal: float | None = None
) -> TagSpec:
    return TagSpec(
        signal=signal,
        kind=TagKind.GAUGE,
        node=node,
        unit=scale.unit,
        stored_unit=scale.stored_unit or scale.unit,
        low=scale.low,
        high=scale.high,
        role=role,
        nominal=nominal,
    )


def _activity(signal: str, node: str, scale: _Scale, nominal: float) -> TagSpec:
    """A gauge that shows that its unit works, and `nominal` at full work."""
    return _gauge(signal, node, scale, role=SignalRole.ACTIVITY, nominal=nominal)


def _counter(signal: str, node: str, product: str, max_rate_per_h: float) -> TagSpec:
    return TagSpec(
        signal=signal,
        kind=TagKind.TOTALIZER,
        node=node,
        unit="t",
        stored_unit="t",
        product=product,
        max_rate_per_h=max_rate_per_h,
    )


def _events(signal: str, node: str, product: str, low: float, high: float) -> TagSpec:
    return TagSpec(
        signal=signal, kind=TagKind.EVENT, node=node, unit="t", stored_unit="t", product=product, low=low, high=high
    )


def _mine(number: int, target_t: float, belt_t_per_h: float) -> UnitSpec:
    node = f"MINE{number}"
    return UnitSpec(
        code=f"mine{number}",
        kind="mine",
        names=(f"Mine {number}", f"Шахта {number}", f"{number}-шахта"),
        daily_target_t={"coal_raw": target_t},
        tags=(
            _activity("belt", f"{node}.Belt", _Scale("t/h", 0, 1200), belt_t_per_h),
            # A belt may be overloaded by a quarter for a while: a leap above that is a fault of the counter.
            _counter("coal_total", f"{node}.CoalTotal", "coal_raw", 1500),
        ),
        by_hand=("coal_raw",),
    )


def _coke_battery(number: int) -> UnitSpec:
    node = f"COKE{number}"
    return UnitSpec(
        code=f"coke{number}",
        kind="coke_battery",
        names=(f"Coke battery {number}", f"Коксовая батарея {number}", f"{number}-кокс батареясы"),
        daily_target_t={"coke_dry": 2100},
        tags=(
            _gauge("flue_temperature", f"{node}.FlueTemperature", _Scale("degC", 0, 1500)),
            _events("pushes", f"{node}.Pushes", "coke_dry", 5, 30),
        ),
    )


def _blast_furnace(number: int, target_t: float, blast_m3_per_h: float) -> UnitSpec:
    node = f"BF{number}"
    return UnitSpec(
        code=f"bf{number}",
        kind="blast_furnace",
        names=(f"BF {number}", f"Доменная печь {number}", f"{number}-домна пеші"),
        daily_target_t={"pig_iron": target_t},
        tags=(
            _activity("blast", f"{node}.Blast", _Scale("m3/min", 0, 450_000, "m3/h"), blast_m3_per_h),
            _gauge(
                "blast_temperature",
                f"{node}.BlastTemperature",
                _Scale("degC", 0, 1400),
                role=SignalRole.CORROBORATION,
                nominal=1160,
            ),
            _events("taps", f"{node}.Taps", "pig_iron", 50, 1200),
        ),
    )


def _converter(number: int) -> UnitSpec:
    node = f"BOF{number}"
    return UnitSpec(
        code=f"bof{number}",
        kind="converter",
        names=(f"Converter {number}", f"Конвертер {number}", f"{number}-конвертер"),
        daily_target_t={"steel_liquid": 3180},
        tags=(
            _activity("oxygen", f"{node}.Oxygen", _Scale("m3/min", 0, 1500), 900),
            _events("heats", f"{node}.Heats", "steel_liquid", 200, 340),
        ),
    )


def _caster(number: int) -> UnitSpec:
    node = f"CAST{number}"
    return UnitSpec(
        code=f"cast{number}",
        kind="caster",
        names=(f"Caster {number}", f"МНЛЗ {number}", f"{number}-ДҮҚМ"),
        daily_target_t={"slab": 4600},
        tags=(
            _activity("speed", f"{node}.Speed", _Scale("m/min", 0, 2.5), 1.2),
            _events("slabs", f"{node}.Slabs", "slab", 10, 32),
        ),
    )


SHOPS = (
    ShopSpec("mines", ("Mines", "Шахты", "Шахталар"), (_mine(1, 12_000, 710), _mine(2, 8_000, 475))),
    ShopSpec(
        "washery",
        ("Coal washery", "Обогатительная фабрика", "Байыту фабрикасы"),
        (
            UnitSpec(
                code="washery",
                kind="washery",
                names=("Coal washery", "Обогатительная фабрика", "Байыту фабрикасы"),
                daily_target_t={"coal_concentrate": 7_100},
                tags=(
                    _activity("feed", "WASH.Feed", _Scale("t/h", 0, 1500), 833),
                    _counter("concentrate_total", "WASH.ConcentrateTotal", "coal_concentrate", 700),
                ),
            ),
        ),
    ),
    ShopSpec("coke", ("Coke shop", "Коксовый цех", "Кокс цехы"), (_coke_battery(1), _coke_battery(2))),
    ShopSpec(
        "sinter",
        ("Sinter shop", "Агломерационный цех", "Агломерат цехы"),
        (
            UnitSpec(
                code="sinter1",
                kind="sinter_strand",
                names=("Sinter strand 1", "Агломашина 1", "1-агломашина"),
                daily_target_t={"sinter": 11_500},
                tags=(
                    _activity("strand_rate", "SINTER1.Rate", _Scale("t/h", 0, 800), 495),
                    _counter("sinter_total", "SINTER1.Total", "sinter", 900),
                ),
            ),
        ),
    ),
    ShopSpec(
        "blast_furnaces",
        ("Blast furnaces", "Доменный цех", "Домна цехы"),
        (_blast_furnace(2, 1_900, 162_000), _blast_furnace(3, 5_000, 360_000), _blast_furnace(4, 2_000, 168_000)),
    ),
    ShopSpec(
        "steel",
        ("Steel shop", "Сталеплавильный цех", "Болат балқыту цехы"),
        (_converter(1), _converter(2), _converter(3), _caster(1), _caster(2)),
    ),
    ShopSpec(
        "rolling",
        ("Rolling shop", "Прокатный цех", "Прокат цехы"),
        (
            UnitSpec(
                code="hsm",
                kind="hot_strip_mill",
                names=("Hot strip mill", "Стан горячей прокатки", "Ыстық илектеу орнағы"),
                daily_target_t={"rolled": 8_500},
                tags=(
                    _activity("speed", "HSM.Speed", _Scale("m/s", 0, 20), 9),
                    _events("coils", "HSM.Coils", "rolled", 5, 30),
                ),
            ),
        ),
    ),
    ShopSpec(
        "power",
        ("Power", "Энергетика", "Энергетика"),
        (
            UnitSpec(
                code="chp",
                kind="chp",
                names=("CHP plant", "ТЭЦ", "ЖЭО"),
                tags=(
                    _activity("heat", "CHP.Heat", _Scale("Gcal/h", 0, 600), 150),
                    _gauge("flow", "CHP.Flow", _Scale("t/h", 0, 8000), role=SignalRole.CORROBORATION, nominal=3400),
                    _gauge("supply_temperature", "CHP.SupplyTemperature", _Scale("degC", 0, 150)),
                    _gauge("return_temperature", "CHP.ReturnTemperature", _Scale("degC", 0, 100)),
                ),
            ),
        ),
    ),
)

REPORTED = {
    "coal": ("coal_raw", ("mine1", "mine2")),
    "pig_iron": ("pig_iron", ("bf2", "bf3", "bf4")),
    "steel": ("steel_liquid", ("bof1", "bof2", "bof3")),
    "rolled": ("rolled", ("hsm",)),
}


def units() -> tuple[UnitSpec, ...]:
    """Every unit of every shop."""
    return tuple(unit for shop in SHOPS for unit in shop.units)


def tag_kinds() -> dict[str, TagKind]:
    """Tag name ("<unit>.<signal>") -> kind."""
    return {f"{unit.code}.{tag.signal}": tag.kind for unit in units() for tag in unit.tags}


REPAIR_SHIFTS = {"mine1": (8, 14), "mine2": (14, 20)}
"""The local hours in which a mine is stopped every day. One after the other, so that coal never stops altogether."""
