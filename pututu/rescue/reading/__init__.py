"""What does one capture of the old site say, before anything of it is believed?"""

from pututu.rescue.reading.page import read_page
from pututu.rescue.reading.record import Entry, Reading, Said
from pututu.rescue.reading.scraped import Bullets, Kind, Paragraph, Passage, read_list_page

__all__ = [
    "Bullets",
    "Entry",
    "Kind",
    "Paragraph",
    "Passage",
    "Reading",
    "Said",
    "read_list_page",
    "read_page",
]
