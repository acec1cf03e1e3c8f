"""The plant configuration: read, checked, and resolved into what the service needs."""
