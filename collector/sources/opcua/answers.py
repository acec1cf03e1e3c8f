"""What may stand in the answer to a request, checked before anything of it is decoded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import nodeid_from_binary
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.opcua.ceilings import MOST_HEADER_BYTES
from collector.sources.opcua.walk import Step, Undecodable, Walk, node_id
from collector.sources.opcua.walk_values import step_of

_Found = TypeVar("_Found")
_FAULT = ua.ServiceFault().TypeId
_STATUS_AT = 8 + 4
"""Where the result of the service stands in the header: behind the time and the number of the request."""


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """The answer to one kind of request. `in_columns`: only its header is decoded by the library; the reader of the
    values behind it looks after lengths itself. `ends_all`: without it nothing that follows can be believed."""

    name: str
    kind: ua.NodeId
    whole: Step
    in_columns: bool = False
    ends_all: bool = False


@cache
def answer_to(request: Any, *, in_columns: bool = False) -> ExpectedAnswer:  # noqa: ANN401 - one of its classes
    """What answers a request of this class of the library."""
    name = request.__name__.removesuffix("Request") + "Response"
    answer: Any = getattr(ua, name)
    # What a publication or the opening of a channel said is not said again.
    ends_all = name in ("PublishResponse", "OpenSecureChannelResponse")
    return ExpectedAnswer(name, answer().TypeId, step_of(answer), in_columns, ends_all)


def check_answer(body: bytes, expected: ExpectedAnswer) -> UaStatusCodeError | None:
    """Walk over what the library will decode of an answer; the fault, if the server answers with one.

    Raises:
        Undecodable: it is another answer, or its bytes are not what they claim to be.
        BadEncodingLimitsExceeded: there is more in it than we take at once.
    """
    return _checked(lambda: _check(body, expected))


def check_structure(body: bytes, kind: type) -> int:
    """Walk over a structure at the beginning of `body`; the offset behind it. Raises as `check_answer`."""
    return _checked(lambda: step_of(kind)(Walk(body), 0))


def _checked(walk: Callable[[], _Found]) -> _Found:
    try:
        return walk()
    except (Undecodable, UaStatusCodeError):
        raise
    except Exception as error:  # types that the library names and does not have, and the like
        raise Undecodable(f"the library cannot read it: {type(error).__name__}") from error


def _check(body: bytes, expected: ExpectedAnswer) -> UaStatusCodeError | None:
    walk = Walk(body)
    header_at = node_id(walk, 0)
    kind = nodeid_from_binary(Buffer(body, 0, header_at))
    if kind not in (expected.kind, _FAULT):
        raise Undecodable(f"{kind.to_string()[:80]} is no {expected.name}")
    behind = step_of(ua.ResponseHeader)(walk, header_at)
    if behind - header_at > MOST_HEADER_BYTES:
        raise Undecodable(f"a header of {behind - header_at} bytes")
    if kind == _FAULT:
        status = int.from_bytes(body[header_at + _STATUS_AT : header_at + _STATUS_AT + 4], "little")
        if not status >> 30:
            raise Undecodable("a fault that says that all is well")
        return UaStatusCodeError(status)  # type: ignore[no-untyped-call]
    if not expected.in_columns:
        expected.whole(Walk(body), 0)
    return None
