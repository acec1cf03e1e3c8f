"""What is mailed of a report, made by a process of its own: a PDF takes a second of CPU, and readings do not wait."""

import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from collector.alerts.channel import Attachment
from collector.errors import ReportNotMade
from collector.reports.scheduled_report import ScheduledReport

LIMIT_S = 240.0
"""A year of sixty units takes seconds. On a machine that is so busy that it takes minutes, it is tried again later."""
MOST_BYTES = 20_000_000
"""What relays of a works usually take is 25 MB, and a file grows by a third on the way."""
_MAKER = "collector.cli.report_parcel"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A report as it is mailed."""

    subject: str
    body: str
    html: str
    attachments: tuple[Attachment, ...]


async def made(scheduled: ScheduledReport, period: str, plant_file: Path) -> Parcel:
    """The report of the period. Raises ReportNotMade, with the reason."""
    with tempfile.TemporaryDirectory(prefix="tundish-report-") as folder:
        await _run(scheduled, period, plant_file, Path(folder))
        return await asyncio.to_thread(_read, Path(folder))


async def _run(scheduled: ScheduledReport, period: str, plant_file: Path, folder: Path) -> None:
    asked = (str(plant_file), scheduled.report.value, period, scheduled.language, str(folder), *scheduled.forms)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", _MAKER, *asked),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(LIMIT_S):
            _, said = await process.communicate()
    except TimeoutError as error:
        raise ReportNotMade(f"it was not made within {LIMIT_S:g} s; the machine is too busy") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ReportNotMade(_last_line(said) or f"its process ended with {process.returncode}")


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:500] if lines else ""


def _read(folder: Path) -> Parcel:
    told = json.loads((folder / "parcel.json").read_text(encoding="utf-8"))
    attachments = tuple(Attachment(name, (folder / name).read_bytes()) for name in told["files"])
    size = sum(len(each.content) for each in attachments)
    if size > MOST_BYTES:
        raise ReportNotMade(f"its files have {size / 1e6:.0f} MB, more than a relay takes; name fewer forms under `as`")
    return Parcel(told["subject"], told["body"], told["html"], attachments)
