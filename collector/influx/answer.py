"""What an answer of the database means for the rows that were sent. Pure: status, headers and body to an error."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from collector.errors import CollectorError, SinkRejected, SinkUnavailable
from collector.influx.settings import InfluxSettings

LONGEST_SENTENCE = 300
"""A refusal of InfluxDB is one or two lines; a proxy's page of HTML is not, and is cut so that a log line stays one."""
LONGEST_READ = 64 * 1024
"""A refusal of a whole batch names its lines; beyond this it is a page, of which the beginning is enough."""

LONGEST_RETRY_AFTER_S = 300.0
"""A server may ask for any wait. After five minutes we ask again all the same: a proxy's wrong header once kept an hour
of figures from boards whose database was well."""

# Only these may say that the rows themselves are wrong, and only in InfluxDB's own JSON. Everything else (credentials,
# a missing bucket, a proxy's page) can be corrected without touching the rows, so the rows are kept: a proxy that
# answered 400 to everything once left 404.661 t out of output_hour for good.
_REFUSALS = frozenset({400, 422})
_TOO_LARGE = 413
_DROPPED = re.compile(r"\bdropped=(\d+)")
_OF_ROWS = re.compile(
    r"partial write|unable to parse|line protocol|field type conflict|points? beyond retention|dropped=\d"
    r"|out of range|max key size|bad timestamp|invalid (field|tag|number|boolean|measurement)",
    re.IGNORECASE,
)
"""The words by which InfluxDB 1.x, 2.x and 3 name a fault of a row, in their sources and as their servers were seen to
answer. Other words may be about a row too: they are believed if other rows were let in beside it."""


_OF_A_MISSING_BUCKET = re.compile(
    r"(bucket|database|db)\b.*(not found|not exist)|could not find (bucket|database)", re.IGNORECASE
)
"""Only these words mean that there is none: a proxy answers 404 for its own reasons, and InfluxDB for a wrong path."""


def failure(
    settings: InfluxSettings, bucket: str, status: int, headers: Mapping[str, str], body: bytes | str
) -> CollectorError:
    """The error for an answer that is not a success: SinkRejected for the rows' own fault, else SinkUnavailable."""
    said = sentence(body) or f"no words, status {status}"
    where = f"InfluxDB at {settings.url}, bucket {bucket}"
    if status == _TOO_LARGE:
        return SinkRejected(f"{where}: {said}", refused=said, too_large=True)
    if status in _REFUSALS and _is_its_own(body):
        whole = _whole_sentence(body)
        dropped = _DROPPED.search(whole)
        return SinkRejected(
            f"{where}: {said}",
            refused=said,
            dropped=int(dropped[1]) if dropped else None,
            doubtful=_OF_ROWS.search(whole) is None,
        )
    wait_s = retry_after_s(headers)
    own = _is_its_own(body)
    missing = status == 404 and own and _OF_A_MISSING_BUCKET.search(_whole_sentence(body)) is not None
    step = _creation(settings, bucket) if missing else _next_step(settings, status)
    return SinkUnavailable(f"{where}: {said}{_cause(status, said, wait_s)}{step}", wait_s)


def sentence(body: bytes | str) -> str:
    """The database's own words out of an answer, on one line and not too long."""
    text = " ".join(_whole_sentence(body).split())
    # A control character would write into the terminal of whoever reads the log.
    text = "".join(each if each.isprintable() else "?" for each in text[: LONGEST_SENTENCE + 1])
    return text if len(text) <= LONGEST_SENTENCE else text[:LONGEST_SENTENCE] + "..."


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the answer asks to wait, LONGEST_RETRY_AFTER_S at most; None if it says none. Both forms of HTTP."""
    text = headers.get("Retry-After")
    if text is None:
        return None
    try:
        wait_s = float(text)
    except ValueError:
        try:
            wait_s = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    if not wait_s >= 0:  # also NaN, which compares with nothing
        return 0.0
    return min(wait_s, LONGEST_RETRY_AFTER_S)


def _is_its_own(body: bytes | str) -> bool:
    """Whether the answer has the form of InfluxDB's errors, which a page of a proxy has not."""
    parsed = _parsed(body)
    return isinstance(parsed, dict) and isinstance(parsed.get("message") or parsed.get("error"), str)


def _parsed(body: bytes | str) -> object:
    """The answer as JSON; None if it is none, or is nested deeper than any answer of a database."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _whole_sentence(body: bytes | str) -> str:
    text = body[:LONGEST_READ].decode(errors="replace") if isinstance(body, bytes) else body[:LONGEST_READ]
    parsed = _parsed(body)
    if not isinstance(parsed, dict):
        return text
    said = str(parsed.get("message") or parsed.get("error") or text)
    # InfluxDB 3 says what is wrong beside it: of the first line, or of each that it refused.
    data = parsed.get("data")
    lines = data if isinstance(data, list) else [data]
    reasons = [str(line["error_message"]) for line in lines if isinstance(line, dict) and line.get("error_message")]
    return f"{said}: {reasons[0]}" if reasons else said


def _cause(status: int, said: str, wait_s: float | None) -> str:
    """The status, unless it was said, and the wait that the answer asks for."""
    parts = [] if re.search(rf"\b{status}\b", said) else [f"status {status}"]
    if wait_s is not None:
        parts.append(f"which asks to wait {wait_s:.0f} s")
    return f" ({', '.join(parts)})" if parts else ""


def _creation(settings: InfluxSettings, bucket: str) -> str:
    made = {
        "v1": f'CREATE DATABASE "{bucket}"',
        "v2": f"influx bucket create -n {bucket}",
        "v3": f"influxdb3 create database {bucket}",
    }[settings.dialect]
    return f"; the rows are kept: create it ({made}), or mend influxdb in the configuration"


def _next_step(settings: InfluxSettings, status: int) -> str:
    if status in (401, 403):
        names = "user and password_file" if settings.dialect == "v1" else "token_file"
        return f"; the rows are kept: give influxdb {names} that may write to it"
    if status < 500 and status != 429:
        return "; the rows are kept: check that influxdb url and dialect lead to the database itself"
    return "; the rows are kept and sent again"
