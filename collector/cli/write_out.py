"""What a command made, to the file that was named, or to standard output."""

import sys
from pathlib import Path

from collector.cli.say import say
from collector.errors import CollectorError


def write_out(content: str | bytes, out: Path | None) -> None:
    """Write it; None: to standard output. Raises CollectorError if the file cannot be written."""
    # Bytes, because Windows would turn line ends of text into its own and the console into its own code page.
    raw = content if isinstance(content, bytes) else content.encode()
    if out is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(raw)
    except OSError as error:
        raise CollectorError(f"{out} cannot be written: {error.strerror}; name another file with --out") from error
    say(f"written to {out}")
