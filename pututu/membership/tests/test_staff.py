"""Staff see and decide what they may; each act once, with its reason; money that may be a mistake waits for them."""

import re
import uuid

import pytest
from django.urls import reverse

from pututu.giving.models import Payment
from pututu.membership.models import Decision, Membership, MembershipRules, Plan, Term
from pututu.membership.rules import Status
from pututu.membership.services import end_membership, grant_term, override_status
from pututu.membership.services.waiting import waiting_money
from pututu.people.models import AccessRecord
from tests.belonging import ask_for, day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
SECRETARY, TREASURER = "Membership secretaries", "Treasurers"


@pytest.fixture(autouse=True)
def _on_a_day(time_machine):
    time_machine.move_to("2026-06-01T10:00Z")
    make_site(("en", "es"))


@pytest.fixture
def secretary(client):
    user = make_staff(SECRETARY, email="secretary@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def membership():
    """Paid on 15 March 2026."""
    membership = make_membership(make_plan(people_at_most=2))
    pay_for(membership)
    return membership


def text(client, name, *args, query=""):
    answer = client.get(reverse(f"membership:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def key():
    return str(uuid.uuid4())


# --- lists


def test_the_list_is_filtered_by_status_plan_and_end(client, secretary, membership):
    late = make_membership(membership.plan, make_person("Late Member"), on="2024-01-01")
    pay_for(late, on="2024-01-01")
    make_membership(make_plan("other"), make_person("New Member"))
    assert all(name in text(client, "list") for name in ("Rosa Quispe", "Late Member", "New Member"))
    current = text(client, "list", query="?status=current")
    assert "Rosa Quispe" in current
    assert "Late Member" not in current
    assert "Late Member" in text(client, "list", query="?status=lapsed")
    assert "Rosa Quispe" not in text(client, "list", query="?plan=other")
    assert "Rosa Quispe" not in text(client, "list", query="?days=30")
    assert "Rosa Quispe" in text(client, "list", query="?days=300")
    assert "New Member" in text(client, "list", query="?name=new")


def test_the_table_holds_no_formula(client, secretary, membership):
    make_membership(membership.plan, make_person('=HYPERLINK("http://x")'))
    table = client.get(reverse("membership:csv")).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in table
    assert "\n=" not in table
    assert '"=' not in table
    assert "Rosa Quispe" in table
    assert AccessRecord.objects.filter(act="exported").count() == 1


def test_the_number_of_questions_does_not_grow_with_the_members(
    client, secretary, membership, django_assert_max_num_queries
):
    for number in range(20):
        pay_for(make_membership(membership.plan, make_person(f"Member {number}")))
    with django_assert_max_num_queries(40):
        text(client, "list")


# --- one membership


def test_a_membership_shows_terms_money_and_people_and_the_look_is_written_down(
    client, secretary, membership
):
    page = text(client, "membership", membership.uid)
    for words in ("15 March 2026", "14 March 2027", "£36", "Rosa Quispe"):
        assert words in page
    assert AccessRecord.objects.filter(act="seen", by=secretary, person_uid=membership.holder.uid).exists()


def test_an_override_needs_a_reason_and_an_end_and_can_be_revoked(client, secretary, membership):
    url = reverse("membership:override", args=[membership.uid])
    said = {"key": key(), "status": "lapsed", "first": "2026-06-01", "last": "2026-05-01", "reason": "x"}
    client.post(url, said)
    client.post(url, {**said, "last": "2026-07-01", "reason": " "})
    assert not Decision.objects.exists()
    for _time in range(2):
        client.post(url, {**said, "last": "2026-07-01", "reason": "in dispute"})
    decision = Decision.objects.get()
    assert (decision.by, decision.reason) == (secretary, "in dispute")
    assert "ended" in text(client, "membership", membership.uid)
    for _time in range(2):
        client.post(reverse("membership:revoke", args=[decision.pk]))
    decision.refresh_from_db()
    assert decision.revoked_at
    assert AccessRecord.objects.filter(detail__startswith="decision revoked").count() == 1


def test_a_membership_is_ended_once_with_a_reason(client, secretary, membership):
    said = {"key": key(), "status": "expelled", "on": "2026-06-01", "reason": "broke the rules"}
    for _time in range(2):
        client.post(reverse("membership:end", args=[membership.uid]), said)
    assert Decision.objects.get().status == "expelled"


def test_a_term_is_granted_once_for_each_form(client, secretary, membership):
    said = {"key": key(), "on": "2026-06-01", "reason": "translates for us"}
    url = reverse("membership:grant", args=[membership.uid])
    for _time in range(2):
        client.post(url, said)
    assert Term.objects.filter(ground="granted").count() == 1
    client.post(url, {**said, "key": key()})
    assert Term.objects.filter(ground="granted").count() == 2


def test_the_plan_is_changed_for_the_next_term(client, secretary, membership):
    life, small = make_plan("life", price=400, months=None), make_plan("single")
    membership.belongings.create(person=make_person("Juan"), since=day("2026-03-15"))
    url = reverse("membership:plan", args=[membership.uid])
    assert "More people belong" in client.post(url, {"plan": small.pk}).content.decode()
    membership.belongings.filter(person__name="Juan").delete()
    awaited = ask_for(membership, on="2026-05-01")
    client.post(url, {"plan": life.pk})
    awaited.refresh_from_db()
    assert awaited.state == "cancelled"
    assert Membership.objects.get(pk=membership.pk).plan == life
    assert membership.terms.get().plan.slug == "individual"


def test_people_are_added_and_taken_out(client, secretary, membership):
    url = reverse("membership:people", args=[membership.uid])
    client.post(url, {"name": "Juan Mamani"})
    juan = membership.belongings.get(person__name="Juan Mamani").person
    assert "More people belong" in client.post(url, {"name": "Ana"}).content.decode()
    client.post(url, {"take_out": juan.pk})
    assert membership.belongings.filter(until=None).count() == 1


def test_a_membership_is_written_down_once_from_a_paper_form(client, secretary):
    person, plan = make_person("Ana Lopez", "ana@example.org"), make_plan(people_at_most=2)
    said = {"key": key(), "plan": plan.pk, "method": "cheque", "on": "2026-05-20", "others": "Luis Lopez"}
    for _time in range(2):
        client.post(reverse("membership:apply", args=[person.uid]), said)
    assert Membership.objects.get().people.count() == 2
    assert Payment.objects.pending().get().payer == person


# --- money that waits


@pytest.fixture
def too_little(membership):
    return pay_for(membership, amount=20, on="2026-05-20")


def test_money_that_may_be_a_mistake_waits_and_a_person_may_give_the_term(
    client, secretary, membership, too_little
):
    assert "less than the plan costs" in text(client, "waiting")
    for _time in range(2):
        client.post(reverse("membership:honour", args=[too_little.uid]))
    assert membership.terms.count() == 2
    assert "No money waits" in text(client, "waiting")


def test_money_for_somebody_without_an_end_can_buy_nothing(client, secretary, membership):
    Membership.objects.update(plan=make_plan("life", months=None))
    grant_term(Membership.objects.get(), on=day("2026-05-01"), by=None)
    payment = pay_for(Membership.objects.get(), on="2026-05-20")
    assert not waiting_money()[0].may_be_given
    client.post(reverse("membership:honour", args=[payment.uid]))
    assert not hasattr(Payment.objects.get(pk=payment.pk), "term")


def test_only_what_waits_is_in_the_queue(membership):
    ask_for(membership)
    assert waiting_money() == []
    end_membership(membership, status=Status.RESIGNED, on=day("2026-05-01"), reason="moved away")
    pay_for(membership, on="2026-04-01")
    assert [each.objection for each in waiting_money()] == ["left-since"]


# --- rules and plans


def test_a_change_of_rules_shows_whom_it_touches_before_it_is_saved(
    client, secretary, membership, time_machine
):
    time_machine.move_to("2027-04-01T10:00Z")
    client.force_login(secretary)
    url, said = (
        reverse("membership:rules"),
        {"grace_days": 5, "early_days": 183, "renewal_days": 30, "reminder_days": "-30"},
    )
    page = client.post(url, {**said, "act": "preview"}).content.decode()
    assert "1 membership would change" in page
    assert "Rosa Quispe" in page
    assert MembershipRules.load().grace_days == 30
    client.post(url, {**said, "act": "save"})
    assert MembershipRules.load().grace_days == 5


def test_a_plan_is_kept_with_its_words_and_a_price_as_people_write_it(client, secretary):
    said = {
        "slug": "solidarity",
        "price": "36.50",
        "currency": "GBP",
        "kind": "individual",
        "people_at_most": "1",
        "months": "12",
        "year_begins_day": "1",
        "rollover_day": "1",
        "methods": ["cheque"],
        "is_offered": "on",
        "order": "0",
        "wordings-TOTAL_FORMS": "1",
        "wordings-INITIAL_FORMS": "0",
        "wordings-MIN_NUM_FORMS": "1",
        "wordings-MAX_NUM_FORMS": "1000",
        "wordings-0-language": "en",
        "wordings-0-name": "Solidarity",
        "wordings-0-description": "",
        "wordings-0-ORDER": "1",
    }
    url = reverse("wagtailsnippets_membership_plan:add")
    assert client.get(url).status_code == 200
    assert client.post(url, {**said, "price": "a lot"}).status_code == 200
    assert not Plan.objects.exists()
    assert client.post(url, said).status_code == 302
    plan = Plan.objects.get()
    assert (plan.minor, plan.methods, plan.wording("en").name) == (3650, ["cheque"], "Solidarity")


# --- who may not


READING = ("list", "waiting")
WRITING = ("end", "override", "grant", "plan", "people")


@pytest.mark.parametrize("name", READING)
def test_treasurers_read_and_editors_do_not(client, membership, name):
    client.force_login(make_staff(TREASURER, email="treasurer@example.org"))
    assert "Rosa" in text(client, name) or name == "waiting"
    client.force_login(make_staff("Editors", email="editor@example.org"))
    assert client.get(reverse(f"membership:{name}")).status_code == 302


@pytest.mark.parametrize("name", WRITING)
def test_treasurers_decide_nothing_about_memberships(client, membership, name):
    client.force_login(make_staff(TREASURER, email="treasurer@example.org"))
    said = {"key": key(), "status": "resigned", "on": "2026-06-01", "reason": "x", "name": "X"}
    assert client.post(reverse(f"membership:{name}", args=[membership.uid]), said).status_code == 302
    assert not Decision.objects.exists()
    assert membership.belongings.count() == membership.terms.count() == 1
    client.force_login(make_staff(SECRETARY, email="secretary@example.org"))
    assert client.get(reverse(f"membership:{name}", args=[membership.uid])).status_code == 200


def test_the_rest_is_closed_to_treasurers_too(client, membership, too_little):
    client.force_login(make_staff(TREASURER, email="treasurer@example.org"))
    client.post(reverse("membership:honour", args=[too_little.uid]))
    assert membership.terms.count() == 1
    assert client.get(reverse("membership:csv")).status_code == 302
    assert client.get(reverse("membership:rules")).status_code == 302
    assert client.get(reverse("membership:apply", args=[membership.holder.uid])).status_code == 302
    assert client.get(reverse("wagtailsnippets_membership_plan:add")).status_code == 302


def test_the_persons_page_tells_of_the_membership(client, secretary, membership):
    page = client.get(reverse("people:person", args=[membership.holder.uid])).content.decode()
    assert "Member from 15 March 2026 to 14 March 2027" in page
    assert reverse("membership:membership", args=[membership.uid]) in page


def test_every_form_of_the_staffs_carries_its_token(client, secretary, membership, too_little):
    membership.belongings.create(person=make_person("Juan"), since=day("2026-03-15"))
    override_status(
        membership,
        status=Status.LAPSED,
        first=day("2026-06-01"),
        last=day("2026-06-02"),
        reason="x",
        by=secretary,
    )
    pages = [text(client, "membership", membership.uid), text(client, "waiting"), text(client, "rules")]
    for page in pages:
        forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'method="post"' in form]
        assert len([form for form in forms if "/memberships/" in form or "grace_days" in form]) >= 1
        assert all("csrfmiddlewaretoken" in form for form in forms)
