"""Every benchmark, one after the other: python -m benchmarks"""

import subprocess
import sys

BENCHMARKS = ("line_protocol", "roll_up", "drain_rate", "end_to_end", "grafana")

for name in BENCHMARKS:
    print(f"\n== {name}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
