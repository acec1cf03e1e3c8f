"""The likelihood of every accused and every day on which it may have begun to err, over all nodes that it is in.

A meter that shows a share b too much from day t on shifts the residual of each node by b x what it showed, with the
sign and the yield of the node: a scale between two shops takes from the one what it gives to the other. The model of a
node is

    residual = constant + b x factor x shown x [day >= t] + noise

The constant is what the declared yield is off by: it is not known, and fitted. For each (accused, t) b is the best one
(generalised likelihood ratio: Narasimhan and Mah, AIChE Journal 33, 1987; the change point as Willsky and Jones, 1976).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.detection.referee.node_days import Accused, Days, Floats, NodeDays
from models.detection.referee.noise import calmed, covariance, spread_and_correlation


@dataclass(frozen=True, slots=True)
class Grounds:
    """For each of the days on which a accused may have begun: the logarithm of the likelihood ratio against no fault,
    and the best share."""

    log_ratio: Floats
    share: Floats


def grounds_of(nodes: Sequence[NodeDays], healthy: Sequence[NodeDays], begins: Days) -> Mapping[Accused, Grounds]:
    """The grounds against each accused. `healthy`: days of the same nodes from which their noise is learned."""
    scores: dict[Accused, tuple[Floats, Floats]] = {}
    for node, before in zip(nodes, healthy, strict=True):
        if len(node.days) == 0:
            continue
        sigma, correlation = spread_and_correlation(before.days, before.residual_t)
        if sigma <= 0:
            continue
        whitening = _whitening(covariance(node.days, sigma, correlation))
        residual = whitening @ calmed(node.residual_t, sigma)
        index = np.searchsorted(node.days, begins)
        for accused, shown in node.shown_t.items():
            gain, weight = _scores(whitening * (node.factor[accused] * shown), residual)
            known = scores.get(accused, (np.zeros(len(begins)), np.zeros(len(begins))))
            scores[accused] = known[0] + gain[index], known[1] + weight[index]
    return {accused: _evidence(*score) for accused, score in scores.items()}


def _whitening(covariance_t2: Floats) -> Floats:
    """Turns the node's days into independent ones of unit variance, and takes out the constant."""
    inverse = np.linalg.inv(np.linalg.cholesky(covariance_t2))
    constant = inverse.sum(axis=1)
    found: Floats = inverse - np.outer(constant, constant @ inverse) / (constant @ constant)
    return found


def _scores(columns: Floats, residual: Floats) -> tuple[Floats, Floats]:
    """For a fault from the nth day on (and from none): its product with the residual, and with itself."""
    gain = np.append(np.cumsum((residual @ columns)[::-1])[::-1], 0.0)
    shifts = np.cumsum(columns[:, ::-1], axis=1)[:, ::-1]
    return gain, np.append(np.einsum("ij,ij->j", shifts, shifts), 0.0)


def _evidence(gain: Floats, weight: Floats) -> Grounds:
    # What no day shows has no weight but that of rounding.
    told = weight > 1e-9 * max(1.0, float(weight.max(initial=0.0)))
    share = np.divide(gain, weight, out=np.zeros_like(gain), where=told)
    return Grounds(gain * share / 2, share)
