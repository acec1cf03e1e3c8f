"""Reads the whole files of a drop folder; one is moved away only after all that it said is synced."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import structlog

from collector.errors import CannotStart, CollectorError, SourceUnavailable, StorageFull, UnreadableFile
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.watch import DONE, REJECTED, RETRY_S
from collector.files.watch_texts import watch_text
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.files.cells import CellReader
from collector.sources.files.config import DroppedKind, FilesConfig
from collector.sources.files.folder import DropFolder
from collector.sources.files.opened import FileToRead, OpenedFile, not_understood
from collector.sources.files.report import TOLD_BY_ROW, FileOutcome, report_text
from collector.sources.files.table import fits
from collector.sources.rows import RowsRead, RowTag
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason, TagKind

log = structlog.get_logger(__name__)
Found = TypeVar("Found")


@dataclass(slots=True)
class FilesProgress:
    """What outlives a failure of the folder. `in_order`: by index of a rate, up to when it is counted (UTC ns).
    `lacking`: by tag, what is wrong with its columns. `looked`: files that were only looked at."""

    folder: DropFolder
    thread: ThreadPoolExecutor
    in_order: dict[int, int]
    lacking: dict[str, str] = field(default_factory=dict)
    looked: set[tuple[Path, object]] = field(default_factory=set)

    @classmethod
    def of(cls, config: FilesConfig, context: SourceContext) -> "FilesProgress":
        """At the start of the service."""
        rates = {
            index: context.newest_ns.get(tag.name, 0) for index, tag, _ in context.tags if tag.kind is TagKind.RATE
        }
        folder = DropFolder(context.folder / config.folder, config.settle)
        # A share that hangs holds up this source alone.
        return cls(folder, ThreadPoolExecutor(1, thread_name_prefix=f"files-{config.name}"), rates)


@dataclass(slots=True)
class _Handling:
    """The file that is being read; `piece` is synced when `taken` is called."""

    path: Path
    opened: OpenedFile | None = None
    pieces: Iterator[RowsRead] = field(default_factory=lambda: iter(()))
    piece: RowsRead | None = None
    ended: bool = False
    report: str | None = None
    where: str = DONE


class FilesReader:
    """Each `read` gives some thousand rows of one file at the most; `more` says that others wait."""

    def __init__(
        self,
        config: FilesConfig,
        context: SourceContext,
        progress: FilesProgress,
        health: SourceHealth,
    ) -> None:
        self._config = config
        self._context = context
        self._progress = progress
        self._zone = context.zone if config.zone is None else ZoneInfo(config.zone)
        self._bad_nodes = BadNodes(config.name, health)
        self._whole: list[Path] = []
        self._now: _Handling | None = None

    @property
    def more(self) -> bool:
        """Whether rows wait that can be read at once."""
        return self._now is not None or bool(self._whole)

    async def read(self) -> Delivery | None:
        """The next rows. Raises SourceUnavailable if the folder or a file cannot be read now."""
        return await self._in_thread(self._read)

    async def taken(self) -> None:
        """The rows are synced here."""
        now = self._now
        if now is None:
            return
        if now.piece is not None:
            for index, _, time_ns, _ in now.piece.readings:
                if index in self._progress.in_order:
                    self._progress.in_order[index] = max(time_ns, self._progress.in_order[index])
        if now.ended:
            await self._note_set_aside(now)
            await self._in_thread(self._put_away)

    async def close(self) -> None:
        """Nothing is open between two reads but a file, which is read from its beginning the next time."""
        self._now, self._whole = None, []

    async def _note_set_aside(self, now: _Handling) -> None:
        """Whoever wrote the file sees the report beside it, and seldom the quarantine."""
        look = self._context.set_aside_since
        if now.opened is None or look is None or self._context.only_looks:
            return
        outcome = now.opened.outcome
        found = await look(self._config.name, now.opened.received_ns)
        if found is None:
            outcome.counted = False
        else:
            own = {each.tag.name for each in now.opened.file.tags}
            outcome.aside = [
                one for one in found if one.rejection.tag in own and one.rejection.reason not in TOLD_BY_ROW
            ]
        if not outcome.is_clean:
            now.report = report_text(now.path.name, outcome, self._config.language, self._zone)

    async def _in_thread(self, call: Callable[[], Found]) -> Found:
        future = asyncio.get_running_loop().run_in_executor(self._progress.thread, call)
        try:
            async with asyncio.timeout(self._config.timeout):
                return await future
        except TimeoutError:
            raise SourceUnavailable(
                f"folder {self._progress.folder.path} gave no answer within {self._config.timeout:g} s: check the share"
            ) from None

    def _read(self) -> Delivery | None:
        if self._now is None:
            if not self._whole:
                self._whole = self._ready()
            if not self._whole:
                return None
            self._now = _Handling(self._whole.pop(0))
            rejections = self._open(self._now)
        else:
            rejections = ()
        now, received_ns = self._now, self._context.clock_ns()
        if now is None or now.opened is None:
            return Delivery(self._config.name, received_ns, rejections=rejections) if rejections else None
        try:
            piece = next(now.pieces, None)
        except OSError as error:
            self._held(now, error)
            return None
        if piece is None:
            return self._end(now, rejections, received_ns)
        now.piece = piece = self._in_order(piece, now.opened.outcome)
        batch = piece.batch(self._config.name, received_ns)
        return Delivery(self._config.name, received_ns, batch, tuple(piece.events), (*rejections, *piece.rejections))

    def _ready(self) -> list[Path]:
        folder = self._progress.folder
        whole = folder.ready()
        if self._context.only_looks:
            return [path for path in whole if (path, folder.mark(path)) not in self._progress.looked]
        return whole

    def _kind(self, path: Path) -> tuple[str, DroppedKind] | None:
        return next(((name, kind) for name, kind in self._config.kinds.items() if fits(path.name, kind.files)), None)

    def _open(self, now: _Handling) -> tuple[Rejection, ...]:
        """Begin with a file: open its rows, or be done with it at once."""
        path, received_ns, found = now.path, self._context.clock_ns(), self._kind(now.path)
        try:
            if path.is_symlink():
                return self._refused(now, watch_text("is_link", file=path.name).told(self._config.language), "a link")
            if found is None:
                patterns = tuple(pattern for kind in self._config.kinds.values() for pattern in kind.files)
                raise unreadable(RefusalCode.NAME_OF_NO_KIND, file=path.name, patterns=patterns)
            name, kind = found
            if kind.what == "figures":
                return self._take_form(now)
            tags = [RowTag(index, tag, address) for index, tag, address in self._context.tags if address.file == name]
            cells = CellReader(self._zone, kind.time_format or self._config.time_format, kind.number_format)
            now.opened = OpenedFile.open(FileToRead(path, self._config.name, tags, cells, kind.sheet), received_ns)
            now.pieces = now.opened.pieces()
        except UnreadableFile as error:
            # A workbook that is still being copied has no end yet, and its end is where its contents are listed.
            is_damaged = error.refusal.code is RefusalCode.NOT_A_WORKBOOK
            if is_damaged and self._progress.folder.age_s(path) < self._config.give_up:
                self._progress.folder.later(path, min(self._config.give_up / 4, 60.0))
                self._now = None
                return ()
            return self._refused(now, error.told(self._config.language), str(error))
        except OSError as error:
            return self._held(now, error)
        except CollectorError:
            raise
        # A file can be damaged in any way, and others wait behind it.
        except Exception as error:
            told = not_understood(path, error)
            return self._refused(now, told.told(self._config.language), told.told("en"))
        lacking = now.opened.outcome.lacking
        for each in tags:
            self._progress.lacking.pop(each.tag.name, None)
        self._progress.lacking |= {
            tag: f"{path.name}: there is no column {', '.join(columns)}" for tag, columns in lacking.items()
        }
        return self._bad_nodes.update(self._progress.lacking, received_ns)

    def _take_form(self, now: _Handling) -> tuple[Rejection, ...]:
        """Figures of a shift: they go into the ledger as a person enters them."""
        now.ended = True
        take, language = self._context.take_form, self._config.language
        if take is None or self._context.only_looks:
            return ()
        try:
            now.report = take(now.path, self._config.name, language)
        except (StorageFull, CannotStart) as error:
            return self._held(now, error)
        except CollectorError as error:
            return self._refused(now, error.told(language), str(error))
        return ()

    def _held(self, now: _Handling, error: Exception) -> tuple[Rejection, ...]:
        """One file cannot be read now, though its folder can: the others are not kept waiting."""
        log.warning("file_held", source=self._config.name, file=now.path.name, error=str(error), retry_in_s=RETRY_S)
        self._progress.folder.later(now.path)
        self._now = None
        return ()

    def _refused(self, now: _Handling, report: str, reason: str) -> tuple[Rejection, ...]:
        """A whole file is refused."""
        now.ended, now.where, now.report = True, REJECTED, report
        log.warning("file_refused", source=self._config.name, file=now.path.name, error=reason)
        received_ns = self._context.clock_ns()
        return (
            Rejection(
                self._config.name, "", now.path.name, received_ns, Quality.BAD, Reason.WRONG_TYPE, reason, now.path.name
            ),
        )

    def _end(self, now: _Handling, rejections: tuple[Rejection, ...], received_ns: int) -> Delivery | None:
        """Nothing more is in it."""
        assert now.opened is not None  # noqa: S101 - only what was opened ends
        outcome, now.piece, now.ended = now.opened.outcome, None, True
        now.where = REJECTED if outcome.is_rejected else DONE
        if not outcome.is_clean:
            now.report = report_text(now.path.name, outcome, self._config.language, self._zone)
        log.info(
            "file_read",
            source=self._config.name,
            file=now.path.name,
            rows=outcome.tally.rows_taken,
            refused=outcome.tally.refused,
            moved_to=now.where,
        )
        if outcome.unread is not None:
            rejections = (*rejections, *self._refused(now, now.report or "", str(outcome.unread.told("en"))))
        coverage = {
            each.tag.name: 1
            for each in now.opened.file.tags
            if each.tag.kind is TagKind.EVENT and each.tag.name not in outcome.lacking
        }
        if not coverage and not rejections:
            return None
        return Delivery(self._config.name, received_ns, rejections=rejections, coverage=coverage)

    def _in_order(self, piece: RowsRead, outcome: FileOutcome) -> RowsRead:
        """Without the readings of rates that are from before what is counted."""
        counted, kept = self._progress.in_order, []
        names = {index: tag.name for index, tag, _ in self._context.tags}
        for row in piece.readings:
            if row[2] > counted.get(row[0], 0):
                kept.append(row)
            else:
                outcome.late[names[row[0]]] = outcome.late.get(names[row[0]], 0) + 1
        return RowsRead(kept, piece.events, piece.rejections)

    def _put_away(self) -> None:
        now = self._now
        assert now is not None  # noqa: S101 - asked for a file that ended
        folder = self._progress.folder
        if self._context.only_looks:
            self._progress.looked.add((now.path, folder.mark(now.path)))
        else:
            folder.put_away(now.path, now.where, now.report)
        self._now = None


def said(config: FilesConfig, error: Exception) -> SourceUnavailable:
    """What an error of the system means."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return SourceUnavailable(f"folder {config.folder} cannot be read ({reason}): check it, or the share that it is on")
