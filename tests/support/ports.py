"""Ports of 127.0.0.1 for servers that are started later."""

import random
import socket
from pathlib import Path

_FIRST = 20_000
_OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """A port that nobody listens on, out of those that the system gives to no connection by itself.

    A port that the system chose may be given to the next connection of any other test before the server is there.
    """
    outgoing = int(_OUTGOING.read_text(encoding="ascii").split()[0])
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(_FIRST, outgoing)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
