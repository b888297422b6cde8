"""Patterns compiled when first used, for the rooms outside the engine; the engine, which stands alone, owns them."""

from galley.apa7.patterns import pattern

__all__ = ["pattern"]
