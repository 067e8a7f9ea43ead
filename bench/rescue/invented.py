"""How well is an invented old site rescued, whose truth is known, and how fast?"""

from __future__ import annotations

import time

from pututu.rescue.dating.site import read_site
from pututu.rescue.invented import captures_of, invent_site
from pututu.rescue.invented.scoring import score
from pututu.rescue.item import OldItem


def print_invented(items: int) -> None:
    pages = list(invent_site(items))
    captures = list(captures_of(pages))
    began = time.process_time()
    found = [each for each in read_site(captures) if isinstance(each, OldItem)]
    seconds = time.process_time() - began
    print(
        f"An invented site of {len(captures)} pages, {len(captures) / seconds:.0f} pages a second of one core:"
    )
    for line in score(found, pages).lines():
        print(f"  {line}")
