"""Does a name in any script come through whole: written down, found, merged, brought in, taken out, printed?"""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pututu.giving.models import Payment
from pututu.membership.models import Membership
from pututu.people.models import Person
from pututu.people.rules import same_words
from pututu.people.services.disclosing import disclose
from pututu.people.services.importing import advance, begin_bringing_in, map_columns, take_list
from pututu.people.services.merging import duplicates, merge_people
from tests.belonging import make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
NAMES = {
    "quechua": "Ch'aska Ñawi Q'ispi",
    "quechua, curled": "Ch’aska Ñawi",
    "arabic": "محمد بن سلمان",
    "hebrew with marks": "שָׁלוֹם כֹּהֵן",
    "chinese": "王小明",
    "devanagari": "प्रिया शर्मा",
    "combining": "Jose\u0301 Nu\u0303ez",
    "emoji": "Ana 🌸 Mamani",
    "emoji family": "Luis 👨‍👩‍👧",
    "right to left mark": "Rosa\u200f Quispe",
    "override": "Rosa\u202e Quispe",
    "turkish": "İpek Işık",
    "german": "Groß Weiß",
    "one letter": "O",
    "long": "Ñ" * 200,
    "apostrophe first": "'t Hooft",
    "quotation marks": 'Ana "la Negra" O\'Brien, <b>S.A.</b> & hijos',
}
names = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


@pytest.fixture
def staff(client):
    make_site(("en", "es"))
    user = make_staff()
    client.force_login(user)
    return client


def on_the_page(name: str, page: str) -> bool:
    from django.utils.html import escape

    return escape(name) in page


@names
def test_it_is_written_down_by_a_form_and_found_by_itself_and_by_each_of_its_words(staff, name):
    form = {"kind": "person", "name": name, "language": "en", "key": "00000000-0000-4000-8000-000000000001"}
    staff.post(reverse("people:add"), form)
    made = Person.objects.get()
    assert made.name == name
    make_person("Xyz Xyz")
    for text in (name, *name.split(), unicodedata.normalize("NFD", name), unicodedata.normalize("NFC", name)):
        found = staff.get(reverse("people:list"), {"q": text}).content.decode()
        if same_words(text):
            assert on_the_page(name, found)
            assert "Xyz Xyz" not in found
    assert on_the_page(name, staff.get(reverse("people:person", args=[made.uid])).content.decode())


@names
def test_it_comes_in_by_a_list_once_and_goes_out_whole(staff, name):
    written = io.StringIO()
    csv.writer(written).writerows([("Name", "Postcode", "Email"), (name, "S6 2BD", "a@example.org")])
    file = SimpleUploadedFile("list.csv", written.getvalue().encode())
    run = take_list(file, filename="list.csv", by=None)
    map_columns(run, mapping=run.mapping, terms={})
    advance(run)
    begin_bringing_in(run, by=None)
    advance(run)
    assert Person.objects.get().name == name
    out = staff.post(reverse("people:export"), {"columns": ["name"]})
    rows = list(csv.reader(io.StringIO(b"".join(out.streaming_content).decode("utf-8-sig"), newline="")))
    assert rows[1] == [name]


@names
def test_two_records_of_it_are_known_as_alike_and_merged(name):
    alike = unicodedata.normalize("NFD", name) if len(name) < 100 else name
    kept, other = make_person(name, postcode="S6 2BD"), make_person(alike, postcode="s62bd")
    make_person("Xyz", postcode="S6 2BD")
    assert duplicates() == [(kept.pk, other.pk)]
    merge_people(kept, other, by=None)
    assert not duplicates()
    assert Person.objects.get(pk=kept.pk).name == name


@names
def test_letters_receipts_and_the_file_for_them_are_made(staff, name):
    today = timezone.localdate().isoformat()
    held = make_membership(make_plan(), make_person(name, address="Jirón 1", postcode="S6 2BD"), on=today)
    pay_for(held, on=today)
    payment = Payment.objects.get()
    assert disclose(held.holder, by=None)[:2] == b"PK"
    receipt = staff.get(reverse("giving:receipt", args=[payment.pk]))
    assert (receipt.status_code, receipt.content[:5]) == (200, b"%PDF-")
    assert on_the_page(name, staff.get(reverse("membership:list")).content.decode())
    assert Membership.objects.get().holder.name == name
