"""The self-metrics as Prometheus reads them: a file for each kind of thing that is counted."""
