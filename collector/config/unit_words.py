"""Words about amounts that stand before a unit or in it, whoever reads the unit."""

import re

THOUSANDS = {"тыс.": 1000, "тыс": 1000, "мың": 1000, "млн": 1_000_000}
NORMAL = re.compile(r"^(N|S|н)(?=(m3|м3)$)")
"""Normal cubic metres are a state of the gas, not another volume."""
