"""What an answer of the database means for the rows that were sent. Pure: status, headers and body to an error."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from collector.errors import CollectorError, SinkRejected, SinkUnavailable
from collector.influx.settings import InfluxSettings

LONGEST_SENTENCE = 500
"""A refusal of InfluxDB is one or two lines; a proxy's page of HTML is not, and is cut so that a log line stays one."""

LONGEST_RETRY_AFTER_S = 3600.0
"""A server may ask for any wait. Beyond an hour we ask again all the same: a wrong header must not stop a works."""

# Only these say that the rows themselves are wrong. Everything else (credentials, a missing bucket, a proxy's page)
# can be corrected without touching the rows, so the rows are kept.
_REFUSALS = frozenset({400, 413, 422})
_DROPPED = re.compile(r"\bdropped=(\d+)")


def failure(
    settings: InfluxSettings, bucket: str, status: int, headers: Mapping[str, str], body: bytes | str
) -> CollectorError:
    """The error for an answer that is not a success: SinkRejected for the rows' own fault, else SinkUnavailable."""
    said = sentence(body) or f"status {status}"
    where = f"InfluxDB at {settings.url}, bucket {bucket}"
    if status in _REFUSALS:
        dropped = _DROPPED.search(_whole_sentence(body))
        return SinkRejected(f"{where}: {said}", refused=said, dropped=int(dropped[1]) if dropped else None)
    return SinkUnavailable(f"{where}: {said}{_next_step(settings, bucket, status)}", retry_after_s(headers))


def sentence(body: bytes | str) -> str:
    """The database's own words out of an answer, on one line and not too long."""
    text = " ".join(_whole_sentence(body).split())
    return text if len(text) <= LONGEST_SENTENCE else text[:LONGEST_SENTENCE] + "..."


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the answer asks to wait, at most an hour; None if it does not say. Both forms of HTTP."""
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


def _whole_sentence(body: bytes | str) -> str:
    text = body.decode(errors="replace") if isinstance(body, bytes) else body
    try:
        parsed = json.loads(text)
    except ValueError:
        return text
    if not isinstance(parsed, dict):
        return text
    said = str(parsed.get("message") or parsed.get("error") or text)
    # InfluxDB 3 says what is wrong beside it: of the first line, or of each that it refused.
    data = parsed.get("data")
    lines = data if isinstance(data, list) else [data]
    reasons = [str(line["error_message"]) for line in lines if isinstance(line, dict) and line.get("error_message")]
    return f"{said}: {reasons[0]}" if reasons else said


def _next_step(settings: InfluxSettings, bucket: str, status: int) -> str:
    if status in (401, 403):
        names = "user and password_file" if settings.dialect == "v1" else "token_file"
        return f"; the rows are kept: give influxdb {names} that may write to it"
    if status == 404:
        made = {
            "v1": f'CREATE DATABASE "{bucket}"',
            "v2": f"influx bucket create -n {bucket}",
            "v3": f"influxdb3 create database {bucket}",
        }[settings.dialect]
        return f"; the rows are kept: create it ({made}), or mend influxdb in the configuration"
    if status < 500 and status != 429:
        return f" (status {status}); the rows are kept: check that influxdb url and dialect lead to the database itself"
    return ""
