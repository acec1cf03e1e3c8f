"""From where a drop may have come down the chain to a unit. Pure."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from models.detection.causes import upstream_of
from models.works.detection_rules import Follows

Lags = Mapping[str, tuple[int, int]]
"""By upstream kind: after how many seconds its drops are felt, at least and at most."""


@dataclass(frozen=True, slots=True)
class Felt:
    """`lags`: over every way through the chain; `linked`: of the kinds that are linked with this one itself. `between`:
    by upstream kind, the units through which its drops come to this one."""

    lags: Lags
    linked: Lags
    between: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(chain: Iterable[Follows], kind: str, kinds: Mapping[str, str]) -> "Felt":
        """At units of `kind`. `kinds`: by unit, the kinds of those that are watched."""
        links = tuple(chain)
        linked = {link.upstream: link.lag_s for link in links if link.downstream == kind}
        lags = upstream_of(links, kind)
        through = {
            upstream: {near for near in linked if near != upstream and upstream in upstream_of(links, near)}
            for upstream in lags
        }
        between = {
            upstream: tuple(unit for unit, of in kinds.items() if of in near) for upstream, near in through.items()
        }
        return Felt(lags, linked, between)

    def now(self, low: Set[str]) -> Lags:
        """`low`: the units that do not just work, or did not lately. While all that lie between do, nothing comes
        through them: a furnace that stood for an hour stops no mill whose casters cast all the time."""
        found = {}
        for upstream, lag_s in self.lags.items():
            between = self.between[upstream]
            if not between or low & set(between):
                found[upstream] = lag_s
            elif upstream in self.linked:
                found[upstream] = self.linked[upstream]
        return found
