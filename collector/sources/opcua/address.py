"""Where a tag is found on an OPC UA server: one node, or the five nodes of an event ring."""

import base64
import binascii
import re
import uuid
from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from collector.sources.newest import NO_SIGN, Numbered, given_members, has_sign
from collector.sources.opcua.parts import PartText
from models.works.strict import StrictModel

_NODE = re.compile(r"^(?:ns=(?P<ns>\d+);|nsu=(?P<nsu>[^;]+);)?(?P<kind>[isgb])=(?P<identifier>.+)$", re.DOTALL)


def split_node(text: str) -> tuple[int | str, str, str]:
    """(namespace index or URI, kind i|s|g|b, identifier) of a node text such as "nsu=urn:x;s=BF3.Blast".

    Raises:
        ValueError: the text names no node.
    """
    match = _NODE.match(text)
    if match is None:
        raise ValueError(f'{text!r} is not a node; write it as "nsu=urn:maker:plant;s=Name" or "ns=2;i=1001"')
    kind, identifier = match["kind"], match["identifier"]
    try:
        if kind == "i" and not 0 <= int(identifier) < 1 << 32:
            raise ValueError
        if kind == "g":
            uuid.UUID(identifier)
        if kind == "b":
            base64.b64decode(identifier, validate=True)
        if match["ns"] is not None and int(match["ns"]) > 0xFFFF:
            raise ValueError
    except (ValueError, binascii.Error):
        raise ValueError(
            f"{text!r} is not a node: {identifier!r} does not fit {kind}= or the namespace index"
        ) from None
    return (match["nsu"] if match["nsu"] is not None else int(match["ns"] or 0)), kind, identifier


def node_place(node: str, namespaces: Sequence[str] | None) -> str:
    """The node with the URI of its namespace in place of its index. Raises LookupError if that is not known."""
    namespace, kind, identifier = split_node(node)
    if isinstance(namespace, int) and namespace:
        if namespaces is None or namespace >= len(namespaces):
            raise LookupError(f"{node}: its namespace is not known")
        namespace = namespaces[namespace]
    elif namespaces is not None and namespace and namespace not in namespaces:
        raise LookupError(f"{node}: the server has no such namespace")
    return f"nsu={namespace};{kind}={identifier}" if namespace else f"{kind}={identifier}"


def _checked(text: str) -> str:
    split_node(text)
    return text


NodeText = Annotated[str, AfterValidator(_checked)]


class RingAddress(StrictModel):
    """The nodes of an event ring; arrays of one length N, the event with sequence s in slot s % N. Scalars: N = 1."""

    head: NodeText = Field(description="the sequence number of the newest event, 0 while there is none")
    sequence: NodeText = Field(description="the sequence number of the event in each slot")
    key: NodeText = Field(description="the works' own number of the heat, tap, coil or push in each slot")
    tonnes: NodeText = Field(description="the tonnes of the event in each slot")
    end: NodeText = Field(description="the end time of the event in each slot")

    def nodes(self) -> tuple[str, ...]:
        """All five, in this order."""
        return (self.head, self.sequence, self.key, self.tonnes, self.end)


class NewestAddress(StrictModel):
    """The nodes of a device that shows the newest event alone, until the next one. Each holds one value."""

    tonnes: NodeText = Field(description="the weight, in source_unit_of_measure if that is given")
    tare: NodeText | None = Field(default=None, description="the weight of the empty vessel, which is taken away")
    key: NodeText | None = Field(default=None, description="the works' own number of the heat, tap, coil or ladle")
    counter: NodeText | None = Field(default=None, description="a counter that rises by one with each event")
    ready: NodeText | None = Field(default=None, description="a bit that is 1 while the rest is whole, and 0 between")
    end: NodeText | None = Field(default=None, description="the end time: a DateTime, a text, or seconds since 1970")
    numbered: Numbered = True

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if not has_sign(self):
            raise ValueError(NO_SIGN)
        return self


class OpcUaAddress(StrictModel):
    """The keys of a tag that is read over OPC UA: `node` for what is measured, `ring` or `newest` for events."""

    node: NodeText | None = Field(
        default=None, description='the node of a gauge or totalizer, such as "nsu=urn:maker:plant;s=BF3.Blast"'
    )
    part: PartText | None = None
    ring: RingAddress | None = Field(default=None, description="the nodes of an event ring")
    newest: NewestAddress | None = Field(default=None, description="the nodes of a device that shows one event")

    @property
    def nodes(self) -> tuple[str, ...]:
        """All of its nodes."""
        if self.ring is not None:
            return self.ring.nodes()
        if self.newest is not None:
            return tuple(str(node) for node in given_members(self.newest).values())
        return (self.node or "",)

    def complaint(self, kind: str) -> str | None:
        """What is wrong with it for a tag of that kind; None if nothing is."""
        wanted = "ring or newest" if kind == "event" else "node"
        given = next(name for name in ("node", "ring", "newest") if getattr(self, name) is not None)
        if (given == "node") == (wanted == "node"):
            return None
        return f"a tag of kind {kind} is read through {wanted}, not {given}; give that"

    def place(self, url: str, namespaces: Sequence[str] | None) -> str:
        """Where it is read: the same text is the same node, however its namespace is numbered now.

        `namespaces`: the URIs of the server (None: not known). Raises LookupError if they lack one.
        """
        part = () if self.part is None else (self.part,)
        return " ".join((url, *(node_place(node, namespaces) for node in self.nodes), *part))

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(given is not None for given in (self.node, self.ring, self.newest)) != 1:
            raise ValueError("give one of node (gauge, totalizer, rate), ring and newest (event)")
        if self.part is not None and self.node is None:
            raise ValueError("part goes with node; each node of a ring, or of newest, holds its value whole")
        return self
