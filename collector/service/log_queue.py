"""Log lines wait in a queue of bounded length for a thread that writes them: a reader of stderr that stands still (a
full pipe, a terminal that is stopped) holds up that thread and nothing else."""

import logging
import logging.handlers
import os
import queue
import time

import structlog

log = structlog.get_logger(__name__)

MOST_WAITING = 2_000
"""Lines, of 300 bytes: more than a start with all that it can warn of. A judgement."""
FLUSH_LIMIT_S = 1.0
"""For the lines that wait when the process ends. Beyond it the reader stands still, and the end does not wait."""
_LOOK_EVERY_S = 0.01


class BoundedLogQueue(logging.handlers.QueueHandler):
    """Hands finished lines to the queue; one that finds it full is counted and let go."""

    def __init__(self) -> None:
        self.lines: queue.Queue[logging.LogRecord] = queue.Queue(MOST_WAITING)
        super().__init__(self.lines)
        self.dropped = 0

    def enqueue(self, record: logging.LogRecord) -> None:
        """Never waits."""
        try:
            self.lines.put_nowait(record)
        except queue.Full:
            self.dropped += 1

    def take_dropped(self) -> int:
        """How many were let go since the last time."""
        self.acquire()
        try:
            dropped, self.dropped = self.dropped, 0
        finally:
            self.release()
        return dropped

    def flush(self) -> None:
        """Wait until all lines are written, for a second at the most. `logging` does so when the process ends."""
        until_s = time.monotonic() + FLUSH_LIMIT_S
        while self.lines.unfinished_tasks and time.monotonic() < until_s:
            time.sleep(_LOOK_EVERY_S)


class LogWriter(logging.handlers.QueueListener):
    """Writes the lines of a queue to a descriptor, in a thread that does not keep the process from ending."""

    def __init__(self, source: BoundedLogQueue, descriptor: int) -> None:
        super().__init__(source.lines)
        self._source = source
        self._descriptor = descriptor

    def handle(self, record: logging.LogRecord) -> None:
        """Write one line; once all are written, say how many were let go."""
        # Not by sys.stderr: it holds a lock while it waits, for which the end of the process would wait in turn.
        write_all(self._descriptor, f"{record.getMessage()}\n".encode(errors="replace"))
        if self._source.dropped and self._source.lines.empty():
            dropped = self._source.take_dropped()
            log.warning("log_lines_dropped", lines=dropped, why="the reader of stderr stood still")


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of it, however long that takes. Where nobody reads any more, the rest is lost."""
    while content:
        try:
            content = content[os.write(descriptor, content) :]
        except BlockingIOError:  # somebody else made it so that a write does not wait
            time.sleep(_LOOK_EVERY_S)
        except OSError:
            return
