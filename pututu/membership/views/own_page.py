"""What does a member see of themselves, and what can they change?"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pututu.giving.models import GiftAidSettings, Payment
from pututu.giving.providers import methods_offered
from pututu.giving.rendering import gift_aid_statement, how_to_pay
from pututu.giving.services.ledger import NotReceived
from pututu.giving.services.receipts import make_receipt
from pututu.membership.forms.public import DetailsForm, MethodForm, NameForm, PlanForm, SignInForm
from pututu.membership.models import Membership, MembershipRules
from pututu.membership.rendering import pages as rendering
from pututu.membership.rendering.payments import own_payments
from pututu.membership.rendering.presents import presents_of
from pututu.membership.services import own_page as acts
from pututu.membership.services.consents import give_consent, is_wanted
from pututu.membership.services.mail import absolute
from pututu.membership.services.plans import DoesNotFit, go_over, plans_that_fit
from pututu.membership.services.presents import stop_giving
from pututu.membership.services.renewing import stop_renewing, take_up_renewing
from pututu.membership.services.terms import TooManyPeople
from pututu.membership.views.session import Member, for_members, member_of
from pututu.people.models import Person
from pututu.people.services import ask_consent, withdraw_consent
from pututu.people.services.disclosing import everything
from pututu.people.views.visitors import alternates, own_language, see_other
from pututu.shell.models import home_country


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The member's own page; before that the question who it is."""
    member, context = member_of(request), {"alternates": alternates("me")}
    if member is None:
        return render(request, "membership/me/sign_in.html", {"form": SignInForm(), **context})
    if member.person is None:
        return render(
            request, "membership/me/choose.html", {"people": acts.people_at(member.email), **context}
        )
    return page_of(request, member)


def page_of(
    request: HttpRequest, member: Member, *, error: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """The whole page, with what is wrong with a form or what became of it."""
    person = person_of(member)
    today, rules, home = timezone.localdate(), MembershipRules.load().status_rules, home_country()
    held = [
        rendering.own_membership(
            each,
            person,
            today=today,
            rules=rules,
            methods=methods_offered(),
            plans=plans_that_fit(each) if each.payer == each.holder == person else (),
        )
        for each in Membership.objects.belonging_to(person).without_surprises()
    ]
    context = {
        "person": person,
        "email": member.email,
        "memberships": held,
        "presents": presents_of(person, methods_offered()),
        "gifts": person.regular_gifts.select_related("mandate", "fund"),
        "payments": own_payments(person.payments.prefetch_related("refunds")[:50]),
        "mail": [
            (choice, is_wanted(person, member.email, choice.value)) for choice in rendering.mail_choices()
        ],
        "languages": settings.LANGUAGES,
        "home": home,
        "country": person.country or home,
        "declarations": person.declarations.all(),
        "gift_aid_statement": _gift_aid_asked(person),
        "passkeys": person.passkeys.all(),
        "addresses": person.addresses.order_by("person_emails__order", "pk"),
        "error": error,
        "said": said,
        "key": uuid.uuid4(),
        "alternates": alternates("me"),
    }
    return render(request, "membership/me/page.html", context, status=status)


def _gift_aid_asked(person: Person) -> str:
    """The statement that this person may agree to, or nothing where they are not asked."""
    is_asked = GiftAidSettings.load().is_on and person.kind == Person.Kind.PERSON
    return gift_aid_statement() if is_asked else ""


def person_of(member: Member) -> Person:
    assert member.person is not None, "for_members lets nobody in who has not chosen"
    return member.person


def _held(member: Member, uid: uuid.UUID) -> Membership:
    """The membership that this member holds; others of a household see it and do not change it."""
    found = Membership.objects.with_facts().prefetch_related("plan__wordings")
    return get_object_or_404(found, uid=uid, holder=person_of(member))


def _payable(member: Member, uid: uuid.UUID) -> Membership:
    """The membership that this member holds, or gives to somebody."""
    person = person_of(member)
    found = Membership.objects.filter(Q(holder=person) | Q(given_by=person))
    return get_object_or_404(found.with_facts().prefetch_related("plan__wordings"), uid=uid)


def _home(part: str) -> HttpResponse:
    return see_other(f"{reverse('me')}#{part}")


@require_POST
@for_members
def renew(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Begin to pay for the next term. The key in the form makes a double click one payment."""
    membership, form = _payable(member, uid), MethodForm(request.POST, methods=methods_offered())
    if not form.is_valid() or not membership.plan.allows(form.cleaned_data["method"]):
        return page_of(request, member, error=_("Please choose how you pay."), status=422)
    key, method = form.cleaned_data["key"] or uuid.uuid4(), form.cleaned_data["method"]
    try:
        begun = acts.renew(
            membership,
            method=method,
            key=str(key),
            language=own_language(),
            on=timezone.localdate(),
            return_url=absolute("me", language=own_language()),
            payer=person_of(member),
            renews=form.cleaned_data["renews"],
        )
    except acts.NothingToPay:
        return _home("memberships")
    return see_other(begun.go_to or reverse("me-payment", args=[begun.payment.uid]))


@require_safe
@for_members
def payment(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Say how a payment of one's own is paid."""
    found = get_object_or_404(Payment, uid=uid, payer=person_of(member))
    context = {
        "payment": found,
        "how_to_pay": how_to_pay(found, own_language()),
        "alternates": alternates("me-payment", uid),
    }
    return render(request, "membership/me/payment.html", context)


@require_safe
@for_members
def receipt(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Give the receipt of a payment of one's own, as PDF."""
    found = get_object_or_404(Payment, uid=uid, payer=person_of(member))
    try:
        paper = make_receipt(found, own_language())
    except NotReceived as error:
        raise Http404 from error
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="receipt-{found.pk:06}.pdf"'
    return answer


@require_POST
@for_members
def method(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    membership, form = _payable(member, uid), MethodForm(request.POST, methods=methods_offered())
    if membership.payer != person_of(member):
        raise Http404
    if not form.is_valid() or not membership.plan.allows(form.cleaned_data["method"]):
        return page_of(request, member, error=_("Please choose how you pay."), status=422)
    acts.change_method(membership, method=form.cleaned_data["method"])
    return _home("memberships")


@require_POST
@for_members
def renewing(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Have the next term not be taken by itself, or be taken again."""
    membership = _payable(member, uid)
    if membership.mandate is None or membership.mandate.payer != person_of(member):
        raise Http404
    if request.POST.get("act") == "stop":
        stop_renewing(membership, on=timezone.localdate())
    else:
        take_up_renewing(membership)
    return _home("memberships")


@require_POST
@for_members
def plan(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Go over to another plan with the next term."""
    membership, form = _held(member, uid), PlanForm(request.POST)
    try:
        if not form.is_valid() or membership.payer != person_of(member):
            raise DoesNotFit
        go_over(membership, form.cleaned_data["plan"], on=timezone.localdate())
    except (DoesNotFit, TooManyPeople):
        return page_of(request, member, error=_("Please choose one of the plans."), status=422)
    return page_of(request, member, said=_("From the next term on it is the other plan."))


@require_POST
@for_members
def details(request: HttpRequest, member: Member) -> HttpResponse:
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return page_of(request, member, error=_("That can’t be right; nothing was changed."), status=422)
    acts.change_details(person_of(member), form.cleaned_data)
    return _home("details")


@require_POST
@for_members
def mail(request: HttpRequest, member: Member) -> HttpResponse:
    """Agree to one sort of mail, or take it back."""
    person, purpose = person_of(member), request.POST.get("purpose", "")
    if purpose not in rendering.MAIL:
        raise Http404
    page = reverse("me")
    if request.POST.get("act") == "stop":
        for email in person.addresses.all():
            withdraw_consent(person, email, [purpose], page=page, language=own_language())
    else:
        _agree(person, member, purpose, page=page)
    return _home("mail")


def _agree(person: Person, member: Member, purpose: str, *, page: str) -> None:
    """Agree at once where the mailbox was shown to be theirs by the link that they came by; else ask it."""
    wording, language = rendering.wording_of(purpose), own_language()
    if member.has_shown_mailbox:
        give_consent(person, member.email, {purpose: wording}, page=page, language=language)
    else:
        ask_consent(person, member.email, [purpose], wording=wording, page=page, language=language)


@require_POST
@for_members
def household(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Add somebody by name, or take somebody out."""
    membership, form = _held(member, uid), NameForm(request.POST)
    if not form.is_valid():
        return page_of(request, member, error=_("Please write a name."), status=422)
    today, out = timezone.localdate(), form.cleaned_data["take_out"]
    try:
        if out:
            acts.take_from_household(membership, person_id=out, on=today)
        elif form.cleaned_data["name"]:
            acts.add_to_household(membership, name=form.cleaned_data["name"], on=today)
    except TooManyPeople:
        return page_of(request, member, error=_("This plan is for no more people."), status=422)
    return _home("memberships")


@require_POST
@for_members
def stop_present(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Give a membership to somebody no longer; what is paid for stays theirs."""
    membership = Membership.objects.filter(uid=uid, given_by=person_of(member)).first()
    if membership:
        stop_giving(membership, person_of(member))
    return _home("presents")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def leave(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Say what leaving means; the button leaves."""
    membership = _held(member, uid)
    if request.method == "POST":
        acts.leave(membership, on=timezone.localdate())
        return _home("memberships")
    context = {
        "membership": membership,
        "plan": membership.plan.wording(own_language()),
        "alternates": alternates("me-leave", uid),
    }
    return render(request, "membership/me/leave.html", context)


@require_safe
@for_members
def data(request: HttpRequest, member: Member) -> HttpResponse:
    """All that is kept of the member, as a file."""
    response = JsonResponse(
        everything(person_of(member)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
