"""Do staff and readers who read Spanish read in Spanish why an old item is dated as it is, and what became of it?"""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from pututu.rescue.bringing.pages import evidence_of
from pututu.rescue.dating import verdict
from pututu.rescue.dating.site import read_site
from pututu.rescue.deciding import Known, decide, prints_of
from pututu.rescue.invented import captures_of, invent_site
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.wording import in_words, told


def english_left(reason: str) -> str:
    """What of a reason nobody would translate: quoted words, addresses, days and marks aside."""
    left = re.sub(r"“[^”]*”|https?://\S+|[^\w\s]|\d+", "", told(reason, lambda _template: "", "es"))
    return " ".join(left.split())


def test_every_reason_of_an_invented_site_is_known_to_translators() -> None:
    found = [each for each in read_site(captures_of(invent_site(160))) if isinstance(each, OldItem)]
    reasons = {each.reason for each in found if each.reason} | {decide(each, None).reason for each in found}
    assert len(reasons) > 100
    assert {reason: english_left(reason) for reason in reasons if english_left(reason)} == {}
    assert english_left("Nobody wrote this sentence down.") == "Nobody wrote this sentence down"


def test_everything_that_a_witness_may_say_is_known_to_translators() -> None:
    said = {
        words.format("“x”") for name, words in verdict._SAYS.items() if name.name not in ("CAPTURE", "EVENT")
    }
    assert len(said) > 10
    assert {each for each in said if english_left(each)} == set()


def test_what_is_decided_again_is_known_to_translators() -> None:
    item = OldItem(address="http://a.example/1", kind=ItemKind.STORY, title="A dam", body="<p>New</p>")
    before = prints_of(OldItem(address=item.address, kind=ItemKind.STORY, title="A damn"))
    gone = Known(read=before, wrote=before, now=None)
    changed = Known(read=before, wrote=before, now={**before, "body": "edited"})
    same = Known(read=prints_of(item), wrote=before, now=before)
    reasons = {decide(item, known).reason for known in (gone, changed, same)}
    assert len(reasons) == 3
    assert {reason: english_left(reason) for reason in reasons if english_left(reason)} == {}


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "The page prints “16 December 2013”, a list page prints “16/12/13”.",
            "La página imprime “16 December 2013”, una página de lista imprime “16/12/13”.",
        ),
        (
            "Items with numbers around its own are dated “between 2 January and 28 December 2004”.",
            "Los elementos con números vecinos llevan la fecha “entre el 2 de enero y el 28 de diciembre de 2004”.",
        ),
        (
            "It shows “0000-00-00”, which a computer writes where no date is known. It was there by 14 September 2019.",
            "Muestra “0000-00-00”, que un ordenador escribe cuando no se conoce ninguna fecha."
            " Ya estaba ahí el 14 de septiembre de 2019.",
        ),
        (
            "The old site now says otherwise: published, title.",
            "El sitio antiguo dice ahora otra cosa: fecha, título.",
        ),
        (
            "It led to http://a.example/b?c=1, which is not in what was given.",
            "Llevaba a http://a.example/b?c=1, que no está en lo que se entregó.",
        ),
    ],
)
def test_a_reason_is_said_in_spanish(english: str, spanish: str) -> None:
    with translation.override("es"):
        assert in_words(english) == spanish
    with translation.override("en"):
        assert in_words(english) == english


def test_the_page_says_in_its_own_language_how_its_date_is_known() -> None:
    item = OldItem(
        address="http://a.example/1",
        kind=ItemKind.STORY,
        title="Un río",
        reason="The page prints “3 de mayo de 2013”.",
    )
    assert [each.statement for each in evidence_of(item, "es")] == ["La página imprime “3 de mayo de 2013”."]
    assert [each.statement for each in evidence_of(item, "en")] == ["The page prints “3 de mayo de 2013”."]
