"""What people enter: figures, plans, repairs, corrections and the closing of months, beside a running service."""
