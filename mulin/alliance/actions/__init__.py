"""What changes an alliance, split by noun."""
