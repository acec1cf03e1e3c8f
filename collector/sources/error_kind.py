"""Of what kind an error of a source is: by what the system or the library raised, and else by our own sentence."""

import socket
import ssl

from collector.errors import SourceRefused, SourceUnavailable
from models.tables.source_error import SourceError

_RAISED: tuple[tuple[type[BaseException], SourceError], ...] = (
    (TimeoutError, SourceError.NO_ANSWER),
    (socket.gaierror, SourceError.UNKNOWN_HOST),
    (ConnectionRefusedError, SourceError.NOT_REACHED),
    (ssl.SSLError, SourceError.CERTIFICATE),
    (ConnectionError, SourceError.LINE_ENDED),
    (EOFError, SourceError.LINE_ENDED),
)
_SAID = (
    ("no answer", SourceError.NO_ANSWER),
    ("no good answer", SourceError.NO_ANSWER),
    ("sent no publication", SourceError.NO_ANSWER),
    ("takes no connection", SourceError.NOT_REACHED),
    ("onnection refused", SourceError.NOT_REACHED),
    ("ame or service not known", SourceError.UNKNOWN_HOST),
    ("ended the", SourceError.LINE_ENDED),
    ("an answer was cut", SourceError.WRONG_ANSWER),
    ("JSON", SourceError.WRONG_ANSWER),
    ("there is no list", SourceError.WRONG_ANSWER),
    ("page", SourceError.WRONG_ANSWER),
    ("that cannot be read", SourceError.WRONG_ANSWER),
    ("answers", SourceError.WRONG_ANSWER),
)
_OF_CERTIFICATES = ("certificate", "ca_file", "private key", " key ", "policy")


def kind_of(error: SourceUnavailable) -> SourceError:
    """The first of these that fits; `OTHER` if none does."""
    text = str(error)
    if isinstance(error, SourceRefused):
        return SourceError.CERTIFICATE if any(word in text for word in _OF_CERTIFICATES) else SourceError.REFUSED
    if text.startswith("folder ") and "no answer" not in text:
        return SourceError.FOLDER
    cause = error.__cause__
    while cause is not None:
        kind = next((kind for raised, kind in _RAISED if isinstance(cause, raised)), None)
        if kind is not None:
            return kind
        cause = cause.__cause__ or cause.__context__
    return next((kind for words, kind in _SAID if words in text), SourceError.OTHER)
