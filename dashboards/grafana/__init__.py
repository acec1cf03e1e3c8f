"""Grafana: boards and alert rules as JSON, and what puts them into a Grafana and keeps them there."""
