"""Members see and change what is theirs, by a mailed link that works once; nobody learns who is a member."""

import json
import re
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pututu.giving.models import Method, Payment
from pututu.giving.services.ledger import ask_refund, confirm_payment, finish_refund
from pututu.membership.models import MailedLink, Membership
from pututu.membership.rules import StatusRules, status_on
from pututu.membership.services.links import use_link
from pututu.membership.services.own_page import ask_sign_in, leave, renew
from pututu.membership.services.renewals import await_renewals
from pututu.people.models import AccessRecord, ConsentRecord
from pututu.people.rules import Purpose
from pututu.people.services import permission, suppress
from tests.belonging import day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

from .conftest import link_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(time_machine):
    time_machine.move_to("2026-06-01T10:00Z")


@pytest.fixture
def rosa():
    make_site(("en", "es"))
    return make_person("Rosa Quispe", "rosa@example.org")


@pytest.fixture
def membership(rosa):
    """Paid on 15 March 2026."""
    membership = make_membership(make_plan(methods=["cheque", "standing-order"]), rosa)
    pay_for(membership)
    return membership


@pytest.fixture
def mailed(client, letters):
    """The path in the letter that asking for a link sends."""

    def ask(address="rosa@example.org"):
        with letters() as sent:
            assert client.post(reverse("me-link"), {"email": address}).url == reverse("me-sent")
        return link_in(sent[0]) if sent else None

    return ask


@pytest.fixture
def signed_in(client, mailed, membership):
    client.post(mailed())
    return client


def page(client):
    return client.get(reverse("me")).content.decode()


# --- signing in


def test_the_mailed_link_shows_a_button_and_the_button_signs_in(client, mailed, membership):
    path = mailed()
    assert "Sign in" in client.get(path).content.decode()
    assert client.get(path).status_code == 200
    assert "Rosa Quispe" not in page(client)
    assert client.post(path).url == reverse("me")
    assert "Rosa Quispe" in page(client)


def test_a_link_works_once(client, mailed, membership):
    path = mailed()
    client.post(path)
    other = Client()
    assert other.post(path).status_code == 410
    assert "Rosa Quispe" not in page(other)


def test_a_link_is_over_after_half_an_hour(client, mailed, membership, time_machine):
    path = mailed()
    time_machine.move_to("2026-06-01T10:31Z")
    assert client.post(path).status_code == 410
    time_machine.move_to("2026-06-01T10:29Z")
    assert client.post(path).status_code == 303


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, rosa, letters):
    with letters() as sent:
        known = client.post(reverse("me-link"), {"email": "ROSA@example.org"})
        unknown = client.post(reverse("me-link"), {"email": "nobody@example.org"})
    assert (known.status_code, known.url, known.content) == (
        unknown.status_code,
        unknown.url,
        unknown.content,
    )
    assert [each.to for each in sent] == [["rosa@example.org"]]
    assert MailedLink.objects.count() == 2  # both wrote as much


def test_the_form_can_be_opened_where_it_is_sent_to(client, rosa):
    assert client.get(reverse("me-link")).status_code == 200
    assert client.post(reverse("me-link"), {"email": "rosa"}).status_code == 422
    assert not MailedLink.objects.exists()


def test_only_the_hash_of_a_link_is_kept(mailed, rosa):
    secret = mailed().rstrip("/").rpartition("/")[2]
    assert len(secret) > 40
    assert secret not in str(list(MailedLink.objects.values()))


def test_letters_to_one_address_are_few(client, rosa, letters):
    with letters() as sent:
        answers = {client.post(reverse("me-link"), {"email": "rosa@example.org"}).url for _time in range(9)}
    assert len(sent) == 5
    assert answers == {reverse("me-sent")}


def test_a_suppressed_address_gets_no_letter(client, mailed, rosa):
    assert mailed()
    suppress("rosa@example.org", reason="erased")
    assert mailed() is None


def test_of_two_that_use_a_link_one_is_signed_in(rosa, letters):
    with letters() as sent:
        ask_sign_in("rosa@example.org", language="en", at=timezone.now())
    token = link_in(sent[0]).rstrip("/").rpartition("/")[2]
    used = [use_link(token, at=timezone.now()) for _time in range(2)]
    assert [bool(each) for each in used] == [True, False]


def test_people_who_share_a_mailbox_choose_who_they_are(client, mailed, rosa):
    juan = make_person("Juan Mamani", "rosa@example.org")
    stranger = make_person("Somebody Else", "else@example.org")
    client.post(mailed())
    assert "Juan Mamani" in page(client)
    client.post(reverse("me-who"), {"person": stranger.pk})
    assert "Somebody Else" not in page(client)
    client.post(reverse("me-who"), {"person": juan.pk})
    assert "<h1>Juan Mamani</h1>" in page(client)


def test_signing_in_ends_after_two_hours_and_by_the_button(signed_in, time_machine):
    assert "Rosa Quispe" in page(signed_in)
    time_machine.move_to("2026-06-01T12:01Z")
    assert "Rosa Quispe" not in page(signed_in)
    time_machine.move_to("2026-06-01T10:01Z")
    signed_in.post(reverse("me-out"))
    assert "Rosa Quispe" not in page(signed_in)


def test_a_member_is_no_user_of_the_staff_screens(signed_in):
    assert signed_in.get("/admin/").status_code == 302
    staff = Client()
    staff.force_login(make_staff())
    assert "Rosa Quispe" not in page(staff)


def test_a_form_without_its_token_is_refused(mailed, membership):
    strict = Client(enforce_csrf_checks=True)
    path = mailed()
    assert strict.post(path).status_code == 403
    token = strict.get(path).context["csrf_token"]
    assert strict.post(path, {"csrfmiddlewaretoken": str(token)}).status_code == 303
    assert strict.post(reverse("me-leave", args=[membership.uid])).status_code == 403


def test_every_form_of_the_page_carries_its_token(signed_in, rosa):
    make_membership(make_plan("household", people_at_most=2), rosa)
    forms = re.findall(r"<form.*?</form>", page(signed_in), re.DOTALL)
    posting = [form for form in forms if 'method="post"' in form]
    assert len(posting) > 8
    assert all("csrfmiddlewaretoken" in form for form in posting)


def test_no_cookie_before_one_signs_in(client, rosa):
    assert not client.get(reverse("me")).cookies
    assert not client.post(reverse("me-link"), {"email": "rosa@example.org"}).cookies


# --- what one sees and does


def test_the_page_shows_status_terms_and_payments(signed_in):
    text = page(signed_in)
    assert "current" in text
    assert "14 March 2027" in text or "March 14, 2027" in text
    assert "£36" in text


def test_an_early_renewal_loses_nothing_and_a_double_click_pays_once(signed_in, membership):
    form = {"key": str(uuid.uuid4()), "method": "cheque"}
    urls = {signed_in.post(reverse("me-renew", args=[membership.uid]), form).url for _time in range(2)}
    assert len(urls) == 1
    payment = Payment.objects.pending().get()
    assert "£36" in signed_in.get(urls.pop()).content.decode()
    confirm_payment(payment, received_on=day("2026-10-01"))
    assert str(membership.terms.last()) == "2027-03-15 – 2028-03-14"


def test_what_is_awaited_already_is_what_a_renewal_shows(signed_in, membership):
    [awaited] = await_renewals(day("2027-03-01"))
    signed_in.post(reverse("me-renew", args=[membership.uid]), {"key": str(uuid.uuid4()), "method": "cheque"})
    assert Payment.objects.pending().get() == awaited
    signed_in.post(
        reverse("me-renew", args=[membership.uid]), {"key": str(uuid.uuid4()), "method": "standing-order"}
    )
    assert Payment.objects.pending().count() == 2


def test_a_way_to_pay_is_changed_where_the_plan_allows_it(signed_in, membership):
    url = reverse("me-method", args=[membership.uid])
    assert signed_in.post(url, {"method": "cash"}).status_code == 422
    signed_in.post(url, {"method": "standing-order"})
    assert Membership.objects.get().method == Method.STANDING_ORDER


def test_post_and_language_are_changed_and_the_record_names_what_changed(signed_in, rosa):
    said = {"address": "1 Hill Road", "town": "Leeds", "postcode": "LS1", "telephone": "", "language": "es"}
    signed_in.post(reverse("me-details"), said)
    rosa.refresh_from_db()
    assert (rosa.town, rosa.language) == ("Leeds", "es")
    record = AccessRecord.objects.filter(act="changed").first()
    assert record.fields == ["address", "language", "postcode", "town"]
    assert "Leeds" not in str(record.__dict__)


def test_mail_is_stopped_at_once_at_every_address_and_for_nobody_else(signed_in, rosa):
    juan = make_person("Juan Mamani", "rosa@example.org")
    email = rosa.addresses.get()
    url = reverse("me-mail")
    signed_in.post(url, {"purpose": "events", "act": "start"})
    given = ConsentRecord.objects.get(act="given")
    assert (given.person, given.page) == (rosa, "/en/me/")
    assert given.wording.startswith("Invitations to events")
    ConsentRecord.objects.create(
        person=juan, email=email, purpose="events", act="given", basis="consent", at=timezone.now()
    )
    signed_in.post(url, {"purpose": "events", "act": "stop"})
    assert not permission(rosa, email, Purpose.EVENTS)
    assert permission(juan, email, Purpose.EVENTS)
    assert signed_in.post(url, {"purpose": "membership", "act": "stop"}).status_code == 404


def test_a_household_is_filled_up_and_no_more(signed_in, rosa):
    household = make_membership(make_plan("household", people_at_most=2), rosa)
    url = reverse("me-household", args=[household.uid])
    signed_in.post(url, {"name": "Juan Mamani"})
    signed_in.post(url, {"name": "Juan Mamani"})
    assert household.belongings.filter(until=None).count() == 2
    assert signed_in.post(url, {"name": "Ana"}).status_code == 422
    juan = household.belongings.exclude(person=rosa).get().person
    signed_in.post(url, {"take_out": juan.pk})
    signed_in.post(url, {"take_out": rosa.pk})
    assert [each.person for each in household.belongings.filter(until=None)] == [rosa]


def test_leaving_says_what_happens_and_ends_the_membership_once(signed_in, membership):
    url = reverse("me-leave", args=[membership.uid])
    assert "standing order is ended by you" in signed_in.get(url).content.decode()
    assert not membership.decisions.exists()
    signed_in.post(url)
    signed_in.post(url)
    assert [each.reason for each in membership.decisions.all()] == ["asked for it"]
    assert "given up" in page(signed_in)


def test_who_left_comes_back_by_asking_to_pay_anew(membership):
    [promised] = await_renewals(day("2027-03-01"))
    leave(membership, on=day("2027-03-10"))
    asked = renew(
        Membership.objects.with_facts().get(),
        method="cheque",
        key="a",
        language="en",
        on=day("2027-04-20"),
        return_url="",
    ).payment
    confirm_payment(promised, received_on=day("2027-04-21"))
    assert membership.terms.count() == 1  # what was promised before leaving waits for a person
    confirm_payment(asked, received_on=day("2027-04-22"))
    assert str(membership.terms.last()) == "2027-04-22 – 2028-04-21"


def test_who_comes_back_before_the_time_paid_for_is_over_counts_at_once(membership):
    leave(membership, on=day("2027-02-10"))
    again = Membership.objects.with_facts().get()
    asked = renew(again, method="cheque", key="a", language="en", on=day("2027-02-15"), return_url="").payment
    assert status(day("2027-02-20")) == "resigned"
    confirm_payment(asked, received_on=day("2027-02-20"))
    assert [status(day(text)) for text in ("2027-02-20", "2027-03-15", "2028-03-14")] == ["current"] * 3
    assert str(membership.terms.last()) == "2027-03-15 – 2028-03-14"


def status(on):
    return status_on(on, Membership.objects.get().facts, StatusRules())


def test_all_data_can_be_taken_away(signed_in, rosa):
    answer = signed_in.get(reverse("me-data"))
    found = json.loads(answer.content)
    assert found["person"][0]["name"] == "Rosa Quispe"
    assert found["memberships"][0]["terms"].startswith("2026-03-15 – ")
    assert found["payments"][0]["amount"] == "36.00"
    assert {"addresses", "consents", "declarations"} <= set(found)


# --- what is somebody else's


@pytest.fixture
def of_somebody_else(membership):
    other = make_membership(membership.plan, make_person("Ana Lopez", "ana@example.org"))
    pay_for(other)
    return other


@pytest.mark.parametrize("name", ["me-renew", "me-plan", "me-method", "me-household", "me-leave"])
def test_nobody_touches_what_is_somebody_elses(signed_in, membership, of_somebody_else, name):
    said = {"method": "cheque", "name": "X", "plan": "individual"}
    assert signed_in.post(reverse(name, args=[of_somebody_else.uid]), said).status_code == 404
    assert signed_in.post(reverse(name, args=[membership.uid]), said).status_code in (200, 303, 422)


def test_nobody_sees_the_payments_of_others(signed_in, rosa, of_somebody_else):
    theirs, own = of_somebody_else.holder.payments.get(), rosa.payments.get()
    assert signed_in.get(reverse("me-payment", args=[theirs.uid])).status_code == 404
    assert signed_in.get(reverse("me-payment", args=[own.uid])).status_code == 200


def test_a_receipt_is_given_of_what_is_here_and_to_its_payer_alone(signed_in, rosa, of_somebody_else):
    theirs, own = of_somebody_else.holder.payments.get(), rosa.payments.get()
    url = reverse("me-receipt", args=[own.uid])
    assert url in page(signed_in)
    assert signed_in.get(url).content.startswith(b"%PDF")
    assert signed_in.get(reverse("me-receipt", args=[theirs.uid])).status_code == 404
    back = ask_refund(own, own.amount, key="a", asked_on=day("2026-06-01"), kind="late-failure")
    assert "went back" not in page(signed_in)
    finish_refund(back, done_on=day("2026-06-01"))
    assert "£36 went back" in page(signed_in)
    assert url not in page(signed_in)
    assert signed_in.get(url).status_code == 404


def test_whoever_is_not_signed_in_is_asked_who_it_is(client, membership):
    assert client.get(reverse("me-data")).url == reverse("me")
    assert client.post(reverse("me-leave", args=[membership.uid])).url == reverse("me")
    assert not membership.decisions.exists()


def test_a_failing_mail_server_is_logged_without_the_address(client, rosa, letters, monkeypatch, caplog):
    def refuse(*_args, **_kwargs):
        raise OSError("rosa@example.org refused")

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    with letters():
        client.post(reverse("me-link"), {"email": "rosa@example.org"})
    assert "could not be sent: OSError" in caplog.text
    assert "rosa@" not in caplog.text


def test_a_member_says_in_which_country_they_live_and_sees_it_where_it_is_not_the_group_s(signed_in, rosa):
    assert '<option value="GB" selected>' in signed_in.get(reverse("me")).content.decode()
    signed_in.post(reverse("me-details"), {"language": "en", "address": "Jr. Cusco 1", "country": "PE"})
    rosa.refresh_from_db()
    page = signed_in.get(reverse("me")).content.decode()
    assert (rosa.country, '<option value="PE" selected>' in page, ", Peru</summary>" in page) == (
        "PE",
        True,
        True,
    )
    signed_in.post(reverse("me-details"), {"language": "en", "address": "1 Hill Road", "country": "GB"})
    assert ", United Kingdom</summary>" not in signed_in.get(reverse("me")).content.decode()
