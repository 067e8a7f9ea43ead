"""Which old site may a rescue be tried on, whose truth is known?"""

from pututu.rescue.invented.site import InventedPage, Truth, invent_site, write_folder

__all__ = ["InventedPage", "Truth", "invent_site", "write_folder"]
