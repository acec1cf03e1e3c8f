"""Telegraf's configuration for the same work: all Doubles of the load server into the database."""

from benchmarks.end_to_end import Options
from benchmarks.load_server import NAMESPACE, node_name
from tests.support.influxd import PASSWORD, USER

_NODE = """
[[inputs.{plugin}.group.nodes]]
  name = "value"
  identifier = "{node}"
  default_tags = {{ signal = "d{index:05d}" }}
"""
_AGENT = """
[agent]
  interval = "{every}"
  flush_interval = "{every}"
  precision = "1ns"
  metric_batch_size = 5000
  metric_buffer_limit = 1000000
  omit_hostname = true
  quiet = true
[[outputs.influxdb]]
  urls = ["{database}"]
  database = "{bucket}"
  skip_database_creation = true
  username = "{user}"
  password = "{password}"
"""
_POLLED = """
[[inputs.opcua]]
  endpoint = "{url}"
  security_policy = "None"
  security_mode = "None"
  auth_method = "Anonymous"
  timestamp = "source"
[[inputs.opcua.group]]
  name = "telemetry"
  namespace_uri = "{namespace}"
  identifier_type = "s"
  default_tags = {{ unit = "load" }}
{nodes}
"""
_SUBSCRIBED = """
[[inputs.opcua_listener]]
  endpoint = "{url}"
  security_policy = "None"
  security_mode = "None"
  auth_method = "Anonymous"
  timestamp = "source"
  subscription_interval = "{every}"
[[inputs.opcua_listener.group]]
  name = "telemetry"
  namespace_uri = "{namespace}"
  identifier_type = "s"
  sampling_interval = "{every}"
  default_tags = {{ unit = "load" }}
{nodes}
"""


def configuration(url: str, options: Options, database: str, bucket: str, *, subscribes: bool) -> str:
    """The file that `telegraf --config` takes."""
    every, plugin = f"{options.every_s:g}s", "opcua_listener" if subscribes else "opcua"
    nodes = "".join(_NODE.format(plugin=plugin, node=node_name(index), index=index) for index in range(options.tags))
    agent = _AGENT.format(every=every, database=database, bucket=bucket, user=USER, password=PASSWORD)
    source = _SUBSCRIBED if subscribes else _POLLED
    return agent + source.format(url=url, every=every, namespace=NAMESPACE, nodes=nodes)
