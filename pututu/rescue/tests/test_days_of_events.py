"""Is the day on which an event takes place kept apart from that on which it was announced, however it is labelled?"""

from __future__ import annotations

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import OldItem

WORDS = (
    "<p>" + "The people of the river met and said that they can't wait any more for the court. " * 5 + "</p>"
)
EVENT, STORY = "http://choco.example/event.php?ev=4", "http://choco.example/news/4.html"


def item(lines: str, address: str = EVENT) -> OldItem:
    head = "<head><title>Choco - Film night</title></head>"
    page = f"<html>{head}<body><h2>The River Speaks</h2>{lines}{WORDS}</body></html>"
    capture = Capture(address=address, content=page.encode(), media_type="text/html", source="test")
    (found,) = read_site([capture])
    assert isinstance(found, OldItem)
    return found


def dates(found: OldItem) -> tuple[str | None, str | None]:
    return tuple(each.edtf if each else None for each in (found.published, found.happens))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "lines",
    [
        "<p>When: 21 March 2017 at 19.30</p><p>Where: Bolivar Hall</p>",
        "<p>Starts: 21 March 2017</p>",
        "<p>Date &amp; time: 21 March 2017</p>",
        "<p>Cuándo: 21 de marzo de 2017</p>",
        "<p>Fecha y hora: 21/03/2017, 19 h</p>",
        "<p><b>When</b><br>21 March 2017</p>",
        "<dl><dt>When:</dt><dd>Tuesday 21 March 2017</dd></dl>",
    ],
)
def test_a_day_labelled_as_when_it_is_is_never_the_day_of_publication(lines: str) -> None:
    assert dates(item(lines)) == (None, "2017-03-21")
    assert dates(item(f"{lines}<p>Posted 1 February 2017</p>")) == ("2017-02-01", "2017-03-21")
    assert dates(item(lines, STORY))[0] is None
    assert dates(item("<p>21 March 2017</p>", STORY))[0] == "2017-03-21"


def test_the_first_event_of_a_page_of_events_does_not_date_the_page() -> None:
    assert dates(item("<ul><li>Vigil for Bojayá, 2 May 2016, 7pm, St Anne's Church</li></ul>"))[0] is None
