"""Criteria as logic: measures, expressions, evaluation. No I/O, no language."""
