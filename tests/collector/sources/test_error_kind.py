"""Errors of sources have a kind, told in three languages on the page, with the detail as it is."""

import socket
import ssl

import pytest

from collector.errors import SourceRefused, SourceUnavailable
from collector.sources.base import SourceHealth
from collector.sources.error_kind import kind_of
from collector.sources.peer import PeerStanding
from models.tables.source_error import ERROR_WORDS, SourceError, told_error
from models.works.localize import LANGUAGES, Language


def caused(text: str, cause: BaseException | None = None, *, refused: bool = False) -> SourceUnavailable:
    error = SourceRefused(text) if refused else SourceUnavailable(text)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (caused("opc.tcp://a failed while connecting: x", TimeoutError()), SourceError.NO_ANSWER),
        (caused("10.0.0.9:502 gave no answer within 3 s: check the line"), SourceError.NO_ANSWER),
        (
            caused("opc.tcp://a sent no publication for 9 s, though it answers; subscribing again"),
            SourceError.NO_ANSWER,
        ),
        (caused("http://mes: x", socket.gaierror()), SourceError.UNKNOWN_HOST),
        (caused("http://mes: x", ConnectionRefusedError()), SourceError.NOT_REACHED),
        (caused("10.0.0.9:502 takes no connection: check host, port, and the device's power"), SourceError.NOT_REACHED),
        (caused("http://mes: x", ConnectionResetError()), SourceError.LINE_ENDED),
        (caused("10.0.0.9:502 ended the connection: connecting again"), SourceError.LINE_ENDED),
        (caused("https://mes: x", ssl.SSLError()), SourceError.CERTIFICATE),
        (
            caused("a.pem does not hold a certificate; give a PEM or DER file", refused=True),
            SourceError.CERTIFICATE,
        ),
        (caused("https://mes refuses us (401): correct user or token", refused=True), SourceError.REFUSED),
        (caused("https://mes gives no JSON (b'<html>')"), SourceError.WRONG_ANSWER),
        (caused("https://mes: there is no list at rows; there is: x; correct rows"), SourceError.WRONG_ANSWER),
        (caused("https://mes answers 404 Not Found: check the path"), SourceError.WRONG_ANSWER),
        (caused("folder drop cannot be read (x): check it, or the share that it is on"), SourceError.FOLDER),
        (caused("folder drop gave no answer within 3 s: check the share"), SourceError.NO_ANSWER),
        (caused("something that nobody foresaw"), SourceError.OTHER),
    ],
)
def test_an_error_has_the_kind_of_what_was_raised_or_else_of_what_is_said(
    error: SourceUnavailable, kind: SourceError
) -> None:
    assert kind_of(error) is kind
    health = SourceHealth()
    PeerStanding("plc", health).failed(error)
    assert (health.last_error, health.error_kind) == (str(error), kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_words_of_its_own_and_keeps_the_detail(language: Language) -> None:
    told = {told_error(kind, "opc.tcp://a: x", language) for kind in SourceError}
    assert len(told) == len(SourceError) == len(ERROR_WORDS)
    assert all(text.endswith(": opc.tcp://a: x") for text in told)
    assert told_error(None, "opc.tcp://a: x", language) == "opc.tcp://a: x"
    assert told_error(SourceError.OTHER, "", language) == ""
