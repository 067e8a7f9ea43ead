"""Is what is wrong with an amount or an address told in the language of whoever reads it?"""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from pututu.lib.money import MoneyError, read_money
from pututu.people.rules import AddressError, read_address


@pytest.mark.parametrize(
    ("text", "code", "spanish"),
    [
        ("many", "no-amount", "«many» no es una cantidad de dinero; escríbala como 36 o 36.50."),
        ("1.234", "two-ways", "«1.234» puede leerse de dos maneras; escríbala como 1234.50."),
        ("1.2345", "decimals", "«1.2345» tiene más decimales que GBP."),
    ],
)
def test_amounts(text, code, spanish):
    with pytest.raises(MoneyError) as caught:
        read_money(text, "GBP")
    assert caught.value.code == code
    assert str(caught.value).startswith(f"“{text}” ")
    with translation.override("es"):
        assert caught.value.told(gettext) == spanish


@pytest.mark.parametrize("text", ["rosa", "100%s@", "%(code)s@example", "rosa@" + "a" * 300 + ".org"])
def test_addresses(text):
    with pytest.raises(AddressError) as caught:
        read_address(text)
    assert caught.value.code == "no-address"
    assert str(caught.value).startswith(f"“{text[:80]}” is no e-mail address")
    with translation.override("es"):
        assert caught.value.told(gettext).startswith(f"«{text[:80]}» no es una dirección")
