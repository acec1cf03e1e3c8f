"""Measurements, each beside the plain alternative in the same run; never timed tests."""
