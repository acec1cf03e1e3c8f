"""The server of the desk."""

import logging
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

import uvicorn

from dashboards.web.desk_server import DeskServer
from dashboards.web.door import DeskDoor, is_loopback
from dashboards.web.errors import DeskRefused
from dashboards.web.guard import Guard
from dashboards.web.pages import make_application
from dashboards.web.parts import DeskParts
from dashboards.web.sign_in import SignIn, SignInForms
from models.access.desk_access import DeskAccess
from models.tables.desk_data import DeskData
from models.works.localize import LANGUAGES, Language

STOP_LIMIT_S = 1
"""How long an open page may hold up the end of the process: a page only reads, so nothing is lost."""


def run(parts: DeskParts, door: DeskDoor, listening: Callable[[str], None]) -> None:
    """Serve the pages until SIGTERM or Ctrl-C. `listening` gets the address; port 0 takes a free one.

    Call it in the main thread. Raises SystemExit(0) at its end, and DeskRefused for a port in use, or a host beyond the
    loopback interface where nobody can sign in or nothing encrypts.
    """
    for ending in (signal.SIGTERM, signal.SIGINT):  # the server raises them anew after it has closed its pages
        signal.signal(ending, _end)
    for library in ("engineio.server", "socketio.server"):  # they would write everything once more, as they like
        logging.getLogger(library).handlers.clear()
    if not is_loopback(door.host):
        _check_public(parts.access, door)
    listener = _bind(door)
    port = listener.getsockname()[1]
    try:
        company = None if door.oidc is None else door.oidc.names
        forms = SignInForms(parts.access, door.cookie, door.encrypted, _names(parts.data), company)
        app = make_application(parts, forms, door.oidc)
        signed_in = SignIn(app, parts.access, door)
        config = uvicorn.Config(
            Guard(signed_in, port, door.addresses, tls=door.tls is not None),
            log_level=logging.ERROR,
            access_log=False,
            timeout_graceful_shutdown=STOP_LIMIT_S,
            server_header=False,
            ssl_certfile=door.tls and door.tls[0],
            ssl_keyfile=door.tls and door.tls[1],
        )
        shown = f"[{door.host}]" if ":" in door.host else door.host
        listening(f"{'https' if door.tls else 'http'}://{shown}:{port}")
        DeskServer(config).run(sockets=[listener])
    finally:
        listener.close()


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _check_public(access: DeskAccess, door: DeskDoor) -> None:
    if door.tls is None:
        raise DeskRefused(
            f"the desk does not listen on {door.host} without TLS, for passwords would be read on the way; give "
            "desk.certificate_file and desk.key_file in plant.yaml, or 127.0.0.1 behind a proxy that encrypts"
        )
    if not access.has_users():
        raise DeskRefused(
            f"the desk does not listen on {door.host} while nobody can sign in; add a user first: tundish user add"
        )


def _bind(door: DeskDoor) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
        return socket.create_server((door.host, door.port), family=family)
    except OSError as error:
        raise DeskRefused(
            f"the desk cannot listen on {door.host}:{door.port}: {error.strerror}; stop what listens there, or set "
            "another desk.port in plant.yaml"
        ) from error


def _names(data: DeskData) -> dict[Language, str]:
    plant = data.plant()
    return {language: plant.site_names.get(language) or plant.site_names["en"] for language in LANGUAGES}
