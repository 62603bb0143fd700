"""Stepwell, a compiler for care pathways."""

__version__ = "0.1.0"
