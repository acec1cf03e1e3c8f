"""Telegraf's configuration for the same work: all Doubles of the load server into the database."""

from benchmarks.end_to_end import Options
from benchmarks.load_server import node_name
from tests.support.influxd import PASSWORD, USER

NAMESPACE_INDEX = 2
"""Of the load on node-opcua: behind the standard's and the server's own."""

_AGENT = """
[agent]
  interval = "{every}"
  flush_interval = "{every}"
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
  namespace = "{namespace}"
  identifier_type = "s"
  default_tags = {{ unit = "load" }}
  nodes = [
{nodes}
  ]
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
  namespace = "{namespace}"
  identifier_type = "s"
  sampling_interval = "{every}"
  default_tags = {{ unit = "load" }}
  nodes = [
{nodes}
  ]
"""


def configuration(url: str, options: Options, database: str, bucket: str, *, subscribes: bool) -> str:
    """The file that `telegraf --config` takes."""
    nodes = ",\n".join(
        f'    {{ name = "value", identifier = "{node_name(index)}", default_tags = {{ signal = "d{index:05d}" }} }}'
        for index in range(options.tags)
    )
    every = f"{options.every_s:g}s"
    source = _SUBSCRIBED if subscribes else _POLLED
    return _AGENT.format(every=every, database=database, bucket=bucket, user=USER, password=PASSWORD) + source.format(
        url=url, every=every, namespace=NAMESPACE_INDEX, nodes=nodes
    )
