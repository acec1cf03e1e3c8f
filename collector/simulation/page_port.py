"""The port of a demo's page: found before anything is made, so that a second demo starts beside a first one."""

import socket

from collector.errors import CannotStart

FIRST_PORT = 8686
PORTS_TRIED = 20
"""As many demos as nobody runs on one machine: if all of these are taken, something else is wrong."""


def page_port(wanted: int | None) -> int:
    """`wanted` if it is free; without one, the first that is free from FIRST_PORT on. Raises CannotStart."""
    if wanted is not None:
        if not _is_free(wanted):
            raise CannotStart(f"127.0.0.1:{wanted} is taken; name another port with --desk-port, or leave it out")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if _is_free(port):
            return port
    raise CannotStart(f"the ports {FIRST_PORT} to {port} are all taken; name a free one with --desk-port")


def any_port() -> int:
    """A port of 127.0.0.1 that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port that waits after its last connection is free for a server, as it is for the desk's.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
