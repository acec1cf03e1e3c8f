"""What stands before the database heals while its refusals are being searched: no row is set aside for it."""

import pytest

from collector.errors import SinkRejected
from collector.influx.delivery import deliver
from collector.influx.stored_lines import Piece, pack, unpack


class HealingProxy:
    """Refuses everything in words of its own, until so many requests were made; then the database takes all."""

    def __init__(self, refuses: int) -> None:
        self.left = refuses
        self.taken: list[bytes] = []

    async def write(self, _bucket: str, body: bytes) -> None:
        if self.left > 0:
            self.left -= 1
            raise SinkRejected("denied", refused="proxy policy: request denied", doubtful=True)
        self.taken += unpack(body)


def pieces_of(count: int, lines: int) -> list[Piece]:
    texts = [[f"m v={piece * 100 + line} 1".encode() for line in range(lines)] for piece in range(count)]
    return [Piece(seq, "plc", pack(each), len(each)) for seq, each in enumerate(texts, start=1)]


@pytest.mark.parametrize("refuses", [1, 2, 3, 5, 8, 13])
async def test_no_line_is_set_aside_by_a_proxy_that_heals_within_the_search(refuses: int) -> None:
    proxy = HealingProxy(refuses)
    pieces = pieces_of(4, 8)
    assert await deliver(proxy, "raw", pieces) == []
    assert len(set(proxy.taken)) == 32
