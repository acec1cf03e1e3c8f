"""Columns of observed minutes as bytes, and back. Pure. Events are not in it: they have a table of their own."""

import json
import zlib

import numpy as np

from models.detection.minutes.observed import FLAGS, UnitMinutes


def encode_minutes(minutes: UnitMinutes) -> bytes:
    """Columns as bytes: a line of JSON that names them, then each in turn, compressed."""
    names = list(minutes.values)
    head = {"signals": names, "minutes": len(minutes.heard), "counted": minutes.counted_t is not None}
    flags = sum(getattr(minutes, name).astype(np.uint8) << bit for bit, name in enumerate(FLAGS))
    parts = [np.asarray(flags, np.uint8).tobytes()]
    for name in names:
        parts += [minutes.values[name].astype("<f4").tobytes(), minutes.quality[name].astype(np.uint8).tobytes()]
    if minutes.counted_t is not None:
        parts.append(minutes.counted_t.astype("<f8").tobytes())
    return zlib.compress(json.dumps(head).encode() + b"\n" + b"".join(parts))


def decode_minutes(blob: bytes) -> UnitMinutes | None:
    """The inverse of `encode_minutes`; None for bytes that are none."""
    try:
        head, _, data = zlib.decompress(blob).partition(b"\n")
        shape = json.loads(head)
        names, count, counted = [str(name) for name in shape["signals"]], int(shape["minutes"]), bool(shape["counted"])
    except (zlib.error, ValueError, KeyError, TypeError):
        return None
    if len(data) != count * (1 + 5 * len(names) + 8 * counted):
        return None
    flags = np.frombuffer(data, np.uint8, count)
    at = count
    values, quality = {}, {}
    for name in names:
        values[name] = np.frombuffer(data, "<f4", count, at)
        quality[name] = np.frombuffer(data, np.uint8, count, at + 4 * count)
        at += 5 * count
    heard, moved, looked, uncertain = ((flags >> bit & 1).astype(np.bool_) for bit in range(len(FLAGS)))
    return UnitMinutes(
        values=values,
        quality=quality,
        heard=heard,
        moved=moved,
        looked=looked,
        uncertain=uncertain,
        counted_t=np.frombuffer(data, "<f8", count, at) if counted else None,
        event_end_s=np.empty(0, np.int64),
        event_t=np.empty(0, np.float64),
    )
