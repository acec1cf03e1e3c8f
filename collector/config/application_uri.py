"""The name by which OPC UA servers know the collector where plant.yaml gives no other.

It stands apart from the keys of such a source, which take most of a second to load: every command starts with it.
"""

DEFAULT_APPLICATION_URI = "urn:tundish:collector"
