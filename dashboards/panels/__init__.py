"""What people look at, described once: which figure, against which target, in which unit, with which thresholds.

Grafana's boards and the web desk draw from the same description. Pure: no I/O and no drawing here.
"""
