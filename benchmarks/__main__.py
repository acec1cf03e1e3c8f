"""Every benchmark, one after the other: python -m benchmarks"""

import subprocess
import sys

BENCHMARKS: dict[str, tuple[str, ...]] = {
    "line_protocol": (),
    "roll_up": (),
    "start": (),
    "guarded_answers": (),
    "figures": (),
    "drain_rate": (),
    "sources": (),
    "end_to_end": (),
    "foreign": (),
    "history": (),
    "why": (),
    "recovery": (),
    "idle": (),
    "viewers": (),
    "clerks": (),
    "first_paint": (),
    "grafana": (),
    # A part: the whole set simulates for a quarter of an hour.
    "drops": ("--quick",),
    "referee": ("--seeds", "1"),
}

for name, options in BENCHMARKS.items():
    print(f"\n== {name}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=True)
