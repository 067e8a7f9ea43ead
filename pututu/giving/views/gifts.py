"""How does a reader give?

As on the join page: nobody who sends the form has any rights yet, so it carries no token and sets no cookie; a key in
it makes a double click harmless, and nothing tells whether an address is known.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pututu.giving.forms.public import ONCE, REGULAR, GiveForm
from pututu.giving.models import Fund, GiftAidSettings, GivingSettings, Payment, Pledge
from pututu.giving.providers import methods_offered
from pututu.giving.rendering import gift_aid_statement, how_to_pay, method_choices
from pututu.giving.services.gifts import Offer, begin_to_give, pledge
from pututu.people.rules import fold_address
from pututu.people.services.limits import HOUR, Limit, may_try
from pututu.people.views.visitors import TOO_MANY, alternates, own_language, place_of, see_other

GIFTS_FROM_ONE_PLACE = Limit("give-ip", 30, HOUR)
GIFTS_OF_ONE_ADDRESS = Limit("give-email", 6, 24 * HOUR)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def give_page(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads on to the payment or to how to pay."""
    settings = GivingSettings.load()
    offered = [each for each in methods_offered() if each in {*ONCE, *REGULAR}]
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        proposals=settings.proposals,
        currency=settings.gift_currency,
        methods=offered,
    )
    if request.method != "POST":
        return _form(request, form, settings, offered)
    if form.is_by_a_program:
        return see_other(reverse("give"))
    if not form.is_valid():
        return _form(request, form, settings, offered, status=422)
    if not _may_give(request, form):
        return render(request, "people/too_often.html", {"alternates": alternates("give")}, status=TOO_MANY)
    return _give(form)


def _may_give(request: HttpRequest, form: GiveForm) -> bool:
    """Whether this is a repetition, or within the limits."""
    if Pledge.objects.filter(key=form.cleaned_data["key"]).exists():
        return True
    email, now = fold_address(form.cleaned_data["email"]), timezone.now()
    return may_try(GIFTS_FROM_ONE_PLACE, place_of(request), at=now) and may_try(
        GIFTS_OF_ONE_ADDRESS, email, at=now
    )


def _give(form: GiveForm) -> HttpResponse:
    said, now = form.cleaned_data, timezone.now()
    is_aided = GiftAidSettings.load().is_on
    offer = Offer(
        key=said["key"],
        name=said["name"],
        email=said["email"],
        amount=said["money"],
        months=said["months"],
        method=said["method"],
        language=own_language(),
        page=reverse("give"),
        fund=said["fund"],
        donor=form.donor if is_aided else None,
        wording=gift_aid_statement() if is_aided else "",
    )
    found = pledge(offer, at=now)
    begun = begin_to_give(found, offer, language=own_language(), at=now)
    return see_other(begun.go_to or reverse("given", args=[found.key]))


def _form(
    request: HttpRequest, form: GiveForm, settings: GivingSettings, methods: list[str], *, status: int = 200
) -> HttpResponse:
    said, proposals = form.data, settings.proposals
    funds = list(Fund.objects.filter(is_open=True))
    middle = str(proposals[len(proposals) // 2].minor) if proposals else ""
    context = {
        "form": form,
        "key": said.get("key") or uuid.uuid4(),
        "often": said.get("often") or "once",
        "amounts": proposals,
        "amount_chosen": said.get("amount", "" if form.is_bound else middle),
        "funds": funds if len(funds) > 1 else [],
        "fund_chosen": said.get("fund", ""),
        "methods": method_choices(methods, chosen=said.get("method", "")),
        "gift_aid": gift_aid_statement() if GiftAidSettings.load().is_on else "",
        "alternates": alternates("give"),
    }
    return never_cache(render)(request, "giving/give.html", context, status=status)


@never_cache
@require_safe
def given(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say how to pay, or thank. Whoever knows the address sees an amount and a reference, nothing else of a person."""
    found = get_object_or_404(Pledge.objects.select_related("gift"), key=key)
    payment: Payment = get_object_or_404(Payment.objects.select_related("payer"), key=found.payment_key)
    context = {
        "payment": payment,
        "gift": found.gift,
        "how_to_pay": how_to_pay(payment, own_language()),
        "alternates": alternates("given", key),
    }
    return render(request, "giving/given.html", context)
