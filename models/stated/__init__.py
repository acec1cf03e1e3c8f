"""What people said: figures, plans, repairs, adjustments and closed months, as known at an instant."""
