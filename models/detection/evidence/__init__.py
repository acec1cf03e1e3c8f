"""What one unit has shown until now, one idea a file: its connection, its signals, its work, its output."""
