"""A member goes over to another plan with the next term, if it fits who belongs and how they pay."""

import pytest
from django.urls import reverse

from pututu.giving.models import Payment
from pututu.giving.services.ledger import confirm_payment
from pututu.membership.services import plans
from pututu.membership.services.plans import put_on_plan
from pututu.membership.services.renewals import await_renewals
from tests.belonging import day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site

from .conftest import link_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(time_machine):
    time_machine.move_to("2026-06-01T10:00Z")
    make_site(("en", "es"))
    return make_person("Rosa Quispe", "rosa@example.org")


@pytest.fixture
def membership(rosa):
    """Paid on 15 March 2026."""
    membership = make_membership(make_plan(methods=["cheque", "standing-order"]), rosa)
    pay_for(membership)
    return membership


@pytest.fixture
def signed_in(client, membership, letters):
    with letters() as sent:
        client.post(reverse("me-link"), {"email": "rosa@example.org"})
    client.post(link_in(sent[0]))
    return client


def page(client):
    return client.get(reverse("me")).content.decode()


def test_another_plan_holds_from_the_next_term_on_where_it_fits(signed_in, rosa, membership):
    cheap = make_plan("concession", price=12, methods=["cheque"])
    make_plan("by-card", methods=["card"])
    make_plan("club", kind="organisation")
    make_plan("hidden", is_offered=False)
    [awaited] = await_renewals(day("2027-03-01"))
    shown = page(signed_in).split("Another plan")[1].split("</details>")[0]
    assert "Concession" in shown
    assert not any(word in shown for word in ("By-card", "Club", "Hidden", "Individual"))
    url = reverse("me-plan", args=[membership.uid])
    for wrong in ("by-card", "club", "hidden", "nothing at all", ""):
        assert signed_in.post(url, {"plan": wrong}).status_code == 422
    for _time in range(2):
        assert "it is the other plan" in signed_in.post(url, {"plan": "concession"}).content.decode()
    awaited.refresh_from_db()
    assert awaited.state == "cancelled"
    confirm_payment(Payment.objects.pending().get(), received_on=day("2027-03-02"))
    assert [(str(each), each.plan.slug) for each in membership.terms.all()] == [
        ("2026-03-15 – 2027-03-14", "individual"),
        ("2027-03-15 – 2028-03-14", "concession"),
    ]
    assert membership.terms.last().payment.minor == cheap.minor


def test_a_plan_that_is_too_small_for_who_belongs_is_not_offered(signed_in, rosa):
    household = make_membership(make_plan("household", people_at_most=2), rosa, others=[make_person("Juan")])
    assert signed_in.post(reverse("me-plan", args=[household.uid]), {"plan": "individual"}).status_code == 422
    household.belongings.exclude(person=rosa).update(until=day("2026-05-01"))
    assert signed_in.post(reverse("me-plan", args=[household.uid]), {"plan": "individual"}).status_code == 200


def test_staff_who_change_the_plan_have_the_new_price_awaited_too(rosa, membership):
    cheap = make_plan("concession", price=12)
    [awaited] = await_renewals(day("2027-03-01"))
    for _time in range(2):
        put_on_plan(membership, cheap, on=day("2027-03-02"), by=None)
    awaited.refresh_from_db()
    assert awaited.state == "cancelled"
    assert [(each.minor, each.payer) for each in Payment.objects.pending()] == [(1200, rosa)]


def test_money_that_came_before_the_plan_was_changed_is_not_asked_for_again(membership, monkeypatch):
    [awaited] = await_renewals(day("2027-03-01"))
    real = plans.change_plan

    def change_plan(*args, **kwargs):
        confirm_payment(Payment.objects.get(pk=awaited.pk), received_on=day("2027-03-02"))
        return real(*args, **kwargs)

    monkeypatch.setattr(plans, "change_plan", change_plan)
    put_on_plan(membership, make_plan("concession", price=12), on=day("2027-03-02"), by=None)
    assert not Payment.objects.pending().exists()
    assert membership.terms.count() == 2
