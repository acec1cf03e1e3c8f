"""Lets a socket speak for its own page alone, whatever page a message names."""

from collections.abc import Callable

from nicegui import core

KEPT = ("event", "javascript_response", "ack")
"""What the script of a page sends about what is done there. Its "log" is not taken: whoever may read could write
anything into the log of the desk, without end."""

Handler = Callable[[str, dict[str, object]], None]


def keep_sockets_apart() -> None:
    """The framework looks for the page by the id in the message. Whoever got hold of one, as from the log of a proxy,
    would press the buttons of the user who looks at that page, in that user's name."""
    handlers = core.sio.handlers["/"]
    for name in KEPT:
        core.sio.on(name, _of_own_page(handlers[name]))
    core.sio.on("log", _nothing)


def _of_own_page(handler: Handler) -> Handler:
    def handle(sid: str, message: object) -> None:
        # The handshake put the socket into a room that is called after its page.
        if isinstance(message, dict) and message.get("client_id") in core.sio.rooms(sid):
            handler(sid, message)

    return handle


def _nothing(_sid: str, _message: object) -> None:
    pass
