"""An address space that is made up while it is walked: browsing ends all the same."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from asyncua import ua

from collector.sources.opcua import browse
from collector.sources.opcua.connection import Connection


class MadeUpSpace:
    """Each folder holds `width` folders of new names. `most`: the nodes that one answer takes."""

    def __init__(self, width: int, most: int = 1000, *, points: bool = False) -> None:
        self.width, self.most, self.points = width, most, points
        self.asked: list[int] = []
        self.followed = 0
        self._made = 0

    async def browse(self, parameters: ua.BrowseParameters) -> list[ua.BrowseResult]:
        count = len(parameters.NodesToBrowse)
        self.asked.append(count)
        if count > self.most:
            raise ua.uaerrors.BadEncodingLimitsExceeded
        point = b"on" if self.points else None
        return [ua.BrowseResult(ContinuationPoint=point, References=self._folders()) for _ in range(count)]

    async def browse_next(self, parameters: ua.BrowseNextParameters) -> list[ua.BrowseResult]:
        self.followed += 1
        return [ua.BrowseResult(ContinuationPoint=b"on", References=[])]

    def _folders(self) -> list[ua.ReferenceDescription]:
        found = []
        for _ in range(self.width):
            self._made += 1
            name, node = ua.QualifiedName("x" * 5000, 2), ua.ExpandedNodeId(self._made, 2)
            kind = ua.NodeClass.Variable if self._made % 2 else ua.NodeClass.Object
            found.append(ua.ReferenceDescription(NodeId=node, BrowseName=name, NodeClass=kind))
        return found


def connection(space: MadeUpSpace) -> Connection:
    return cast("Connection", SimpleNamespace(client=SimpleNamespace(uaclient=SimpleNamespace(session=space))))


async def test_folders_within_folders_have_an_end() -> None:
    space: Any = MadeUpSpace(width=1)
    found, left_out = await browse._variables(connection(space), print)
    assert len(space.asked) == browse._DEEPEST
    assert left_out == "the server has folders within 50 folders, which were not opened"
    assert all(len(name) <= 200 for variable in found for name in variable.path)


async def test_a_space_that_grows_with_each_look_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse, "MOST_NODES", 5000)
    monkeypatch.setattr(browse, "MOST_VARIABLES", 100_000)
    space: Any = MadeUpSpace(width=10)
    told: list[str] = []
    found, left_out = await browse._variables(connection(space), told.append)
    assert left_out == f"the server has more: it was left after {len(found)} variables in 5112 nodes"
    assert told[-1].endswith("of them variables")
    assert space._made < 7_000


async def test_a_point_at_which_nothing_follows_is_left() -> None:
    space: Any = MadeUpSpace(width=3, points=True)
    (children,) = await browse._children(connection(space), [(ua.NodeId(85), ())])
    assert (len(children), space.followed) == (3, 1)


async def test_what_does_not_fit_one_answer_is_asked_for_in_halves() -> None:
    space: Any = MadeUpSpace(width=2, most=2)
    children = await browse._children(connection(space), [(ua.NodeId(number), ()) for number in range(8)])
    assert len(children) == 8
    assert space.asked == [8, 4, 2, 2, 4, 2, 2]


async def test_a_node_whose_children_do_not_fit_alone_is_told() -> None:
    space: Any = MadeUpSpace(width=2, most=0)
    with pytest.raises(ua.uaerrors.BadEncodingLimitsExceeded):
        await browse._children(connection(space), [(ua.NodeId(85), ())])


def test_a_namespace_that_the_server_does_not_list_is_named_by_its_number() -> None:
    assert browse.node_text(ua.NodeId("a", 7), ("http://opcfoundation.org/UA/",)) == "ns=7;s=a"
