"""InfluxDB: the encoder, the adapter of two dialects, and the two senders (telemetry, calculated rows)."""
