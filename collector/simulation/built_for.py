"""What the units of the simulated works were built for. Data only."""

NAMEPLATE_T_PER_DAY = {
    "mine1": 14_000.0,
    "mine2": 9_500.0,
    "washery": 9_000.0,
    "coke1": 2_350.0,
    "coke2": 2_350.0,
    "sinter1": 13_500.0,
    "bf2": 2_250.0,
    "bf3": 5_900.0,
    "bf4": 2_350.0,
    "bof1": 5_800.0,
    "bof2": 5_800.0,
    "bof3": 5_800.0,
    "cast1": 5_600.0,
    "cast2": 5_600.0,
    "hsm": 10_500.0,
}
"""What each was built to make of its product: a sixth above its target, but for a converter, which works two
fortnights of three."""

USEFUL_VOLUME_M3 = {"bf2": 1_386.0, "bf3": 3_200.0, "bf4": 1_719.0}
