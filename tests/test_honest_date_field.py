"""A date is kept as exactly as it was written, and stand-ins stay out."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from pututu.dates.widgets import HonestDateFormField
from pututu.lib.dates import DateError, HonestDate, from_words
from pututu.publishing.models import StoryPage
from tests.factories import make_site, make_staff, make_story


@pytest.fixture
def story(db):
    return make_story(make_site()["en"])


def kept(story, **dates):
    for name, value in dates.items():
        setattr(story, name, value)
    story.save()
    return StoryPage.objects.get(pk=story.pk)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2013-12-16", "2013-12-16", "2013-12-16"),
        ("2018-01", "2018-01-01", "2018-01-31"),
        ("2013-09-24/2013-09-30", "2013-09-24", "2013-09-30"),
        ("[..2013-03-03]", "None", "2013-03-03"),
        ("2013-03-05/..", "2013-03-05", "None"),
        ("", "None", "None"),
    ],
)
def test_a_date_is_kept_as_written_with_its_bounds_beside_it(story, edtf, earliest, latest):
    found = kept(story, published=edtf)
    assert found.published == HonestDate.parse(edtf)
    assert (str(found.published_earliest), str(found.published_latest)) == (earliest, latest)


def test_a_date_taken_back_leaves_no_bounds_behind(story):
    kept(story, published="2013-12-16")
    found = kept(story, published="")
    assert found.published.is_unknown
    assert found.published_latest is None


def test_text_that_is_no_date_is_never_stored(story):
    with pytest.raises(ValidationError, match="date"):
        story.published = "sometime"
    assert StoryPage.objects.get(pk=story.pk).published.is_unknown


def test_a_stand_in_is_refused_by_validation(story):
    with pytest.raises(ValidationError) as refused:
        kept(story, published="1969-12-31")
    assert "published" in refused.value.message_dict
    assert kept(story, published="1969-12").published.edtf == "1969-12"  # the control


def test_a_revision_keeps_the_date(story):
    story.published = "2018-01"
    story.save_revision()
    story.get_latest_revision().publish()
    assert StoryPage.objects.get(pk=story.pk).published.edtf == "2018-01"


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("16 December 2013", "2013-12-16"),
        ("Aug - Sep 2012", "2012-08/2012-09"),
        ("diciembre de 2013", "2013-12"),
        ("", ""),
    ],
)
def test_people_type_dates_in_words(typed, edtf):
    assert HonestDateFormField(required=False).clean(typed).edtf == edtf


@pytest.mark.parametrize("typed", ["31 December 1969", "1 January 1970", "0000-00-00", "30 November -1"])
def test_people_are_told_why_a_stand_in_is_refused(typed):
    with pytest.raises(ValidationError):
        HonestDateFormField(required=False).clean(typed)
    with translation.override("es"), pytest.raises(ValidationError):
        HonestDateFormField(required=False).clean(typed)


REFUSED = [
    "31 December 1969",
    "1 January 1900",
    "0000-00-00",
    "30 November -1",
    "30 February 2013",
    "2013-05/2013-02",
    "from 5 May 2013 to 3 May 2013",
    "03/04/2013",
    "16/12/13",
    "Sep 12",
    "Saturday 16 December 2013",
    "sometime",
    "Y1234567890123",
    "[2013",
    "2013-21-01",
]


@pytest.mark.parametrize("typed", REFUSED)
def test_every_reason_to_refuse_is_told_in_the_language_of_staff_and_names_the_same_things(typed):
    with pytest.raises(DateError) as refused:
        from_words(typed, language="es")
    english = refused.value.message
    with translation.override("es"), pytest.raises(ValidationError) as shown:
        HonestDateFormField(required=False).clean(typed)
    (spanish,) = shown.value.messages
    assert not untranslated(spanish, refused.value)
    assert untranslated(english, refused.value)
    assert all(fact in spanish for fact in refused.value.facts.values())


def untranslated(shown, error):
    """The English sentences that stand in what was shown."""
    return [each for each in error.sentences if each % error.facts in shown]


def test_a_stand_in_given_to_the_model_is_refused_in_spanish_too(story):
    story.published = "1969-12-31"
    with translation.override("es"), pytest.raises(ValidationError, match="Nadie escribió ese día"):
        story.full_clean()
    with translation.override("en"), pytest.raises(ValidationError, match="Nobody wrote that day"):
        story.full_clean()


def test_a_date_that_must_be_given_must_be_given():
    with pytest.raises(ValidationError, match="as exactly as it is known"):
        HonestDateFormField(required=True).clean("")


def test_the_same_date_in_other_words_is_no_change():
    field = HonestDateFormField()
    assert not field.has_changed(HonestDate.parse("2013-12-16"), "16 December 2013")
    assert field.has_changed(HonestDate.parse("2013-12-16"), "17 December 2013")
    assert field.has_changed(HonestDate.parse("2013-12-16"), "sometime")


@pytest.mark.django_db
def test_staff_are_told_while_they_type_and_strangers_are_not(client):
    address = reverse("dates:meaning")
    assert client.get(address, {"text": "late September 2013"}).status_code == 302
    client.force_login(make_staff())
    told = json.loads(client.get(address, {"text": "late September 2013"}).content)
    assert told["is_refused"] is False
    assert told["words"] == "late September 2013"
    refused = json.loads(client.get(address, {"text": "31 December 1969"}).content)
    assert refused["is_refused"] is True
    assert refused["edtf"] == ""
