"""gzip at level 1, by ISA-L where that is installed: it takes a fifth of zlib's time and packs better."""

import zlib

try:
    from isal import isal_zlib
except ImportError:  # there is no wheel of it for every machine
    isal_zlib = None  # type: ignore[assignment]

_GZIP_CONTAINER = 31  # zlib's window bits for "gzip header and trailer, 32 kB window"


def gzip_member(data: bytes) -> bytes:
    """`data` as one whole gzip member, without a time stamp: equal data gives equal bytes on one machine.

    Level 1 takes an eighth of the time of level 9 (docs/benchmarks.md).
    """
    if isal_zlib is not None:
        return bytes(isal_zlib.compress(data, 1, _GZIP_CONTAINER))
    return zlib.compress(data, level=1, wbits=_GZIP_CONTAINER)
