"""What is an honest date, and how is it read, compared and said? (EDTF, ISO 8601-2:2019.)

Start with ``from_words`` for what people type and ``HonestDate.parse`` for what is stored.
"""

from pututu.lib.dates.errors import DateError
from pututu.lib.dates.honest import HonestDate, refuse_stand_in
from pututu.lib.dates.meaning import Precision
from pututu.lib.dates.plain import from_words

__all__ = ["DateError", "HonestDate", "Precision", "from_words", "refuse_stand_in"]
