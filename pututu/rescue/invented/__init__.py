"""Which old site may a rescue be tried on, whose truth is known?"""

from pututu.rescue.invented.site import InventedPage, Truth, captures_of, invent_site, write_folder

__all__ = ["InventedPage", "Truth", "captures_of", "invent_site", "write_folder"]
