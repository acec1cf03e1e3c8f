"""A day of the simulated works by a fast clock, looked at each minute: `python -m tests.support.soak.run PLAN RESULT`.

It is a program of its own, for its clock is that of the whole process. PLAN is a JSON file with the fields of `Plan`;
RESULT gets what was found, as JSON: every hour of the works anew, so that a run that is cut off says how far it came.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.soak.fast_clock import FastClock, run

NS = 10**9
ZONE = ZoneInfo("Asia/Almaty")
LOOK_EVERY_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`start`: local time. `restarts`: (seconds after the start, how long no collector runs). `sections`: of the plant.

    `looks_at_reports`: how many looks lie between two looks at the reports and the boards.
    """

    folder: str
    start: str
    hours: float
    seed: int
    speed: float = 60.0
    faults: list[str] = field(default_factory=list)
    restarts: list[tuple[int, int]] = field(default_factory=list)
    sections: dict[str, Any] = field(default_factory=dict)
    looks_at_reports: int = 60


def main(plan_file: Path, result_file: Path) -> None:
    """Live through the plan."""
    plan = Plan(**json.loads(plan_file.read_text(encoding="utf-8")))
    started_s = int(datetime.fromisoformat(plan.start).replace(tzinfo=ZONE).timestamp())
    clock = FastClock(started_s * NS, plan.speed)
    clock.install()
    run(clock, _live(plan, clock, result_file))


async def _live(plan: Plan, clock: FastClock, result_file: Path) -> None:
    # After the clock: what is imported here takes the time from it.
    import asyncio
    import logging

    from collector.service.logs import configure_logs
    from tests.support.soak.checker import Checker
    from tests.support.soak.published import false_published
    from tests.support.soak.stand import now_s, soak_stand, wait_for_writes

    clock.install_dates()
    wait_for_writes()
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    configure_logs(json_lines=True)
    looks = 0

    def tell() -> None:
        result = {
            "looks": looks,
            "false": [asdict(word) for word in checker.found.values()],
            "messages": [asdict(message) for message in stand.messages],
            "faults": [asdict(fault) for fault in look.book.faults],
            "ran_s": time.monotonic(),
        }
        result_file.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")

    async with soak_stand(Path(plan.folder), plan.seed, tuple(plan.faults), plan.sections) as stand:
        checker = Checker.of(stand.settings, stand.folder, stand.works.time_ns, plan.seed)
        await stand.start_collector()
        began_s, restarts, back_s = now_s(), list(plan.restarts), 0
        while now_s() < began_s + plan.hours * 3600:
            await asyncio.sleep(LOOK_EVERY_S)
            if restarts and not back_s and now_s() >= began_s + restarts[0][0]:
                await stand.stop_collector()
                back_s = now_s() + restarts.pop(0)[1]
            elif back_s and now_s() >= back_s:
                await stand.start_collector()
                back_s = 0
            await stand.take_forms()
            look = checker.look(now_s(), stand.down)
            looks += 1
            if looks % plan.looks_at_reports == 0 and not back_s:
                for kind, text in await false_published(stand, look, lambda: checker.reader.read(stand.down)):
                    checker.note(kind, text, now_s())
                tell()
        tell()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
