"""Tests of this room start OPC UA servers in their own process."""

from tests.support.standard_nodes import standard_nodes_built_once

__all__ = ["standard_nodes_built_once"]
