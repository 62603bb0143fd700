"""Stepwell beside what somebody would use instead of it, on the same content."""
