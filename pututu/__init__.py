"""Pututu: the software behind a country support group."""

__version__ = "0.1.0"
