"""What holds for money, whoever asks? No Django here."""

from pututu.giving.rules.uses import Part, PartsDontFit, Use, by_use, check_parts, moved, taken_back

__all__ = ["Part", "PartsDontFit", "Use", "by_use", "check_parts", "moved", "taken_back"]
