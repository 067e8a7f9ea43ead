"""How does a reader join?

Nobody who sends these forms has any rights yet, so there is nothing that a forged request could use: they carry no
token and set no cookie. A key in the form makes a double click harmless.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pututu.giving.providers import methods_offered
from pututu.giving.rendering import gift_aid_statement, how_to_pay
from pututu.membership.forms.public import JoinForm
from pututu.membership.models import Joining, Plan
from pututu.membership.rendering import pages as rendering
from pututu.membership.services.gift_aid import Declared, is_asked_of_members
from pututu.membership.services.joining import Application, Recipient, begin_to_pay, join, payment_of
from pututu.membership.services.limits import (
    JOINS_FROM_ONE_PLACE,
    JOINS_OF_ONE_ADDRESS,
    TOKENS_FROM_ONE_PLACE,
)
from pututu.people.rules import fold_address
from pututu.people.services.limits import may_try
from pututu.people.views.visitors import TOO_MANY, alternates, own_language, place_of, see_other


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest) -> HttpResponse:
    plans = {plan.slug: plan for plan in Plan.objects.filter(is_offered=True).prefetch_related("wordings")}
    methods = tuple(each for each in methods_offered() if any(plan.allows(each) for plan in plans.values()))
    asks = is_asked_of_members()
    if request.method != "POST":
        return _form(request, JoinForm(plans=plans, methods=methods, asks_gift_aid=asks), plans, methods)
    form = JoinForm(request.POST, plans=plans, methods=methods, asks_gift_aid=asks)
    if form.is_by_a_program:
        return see_other(reverse("join"))
    if not form.is_valid():
        return _form(request, form, plans, methods, status=422)
    if not _may_join(request, form):
        return render(request, "people/too_often.html", {"alternates": alternates("join")}, status=TOO_MANY)
    return _join(form)


def _may_join(request: HttpRequest, form: JoinForm) -> bool:
    """Whether this is a repetition, or within the limits."""
    if Joining.objects.filter(key=form.cleaned_data["key"]).exists():
        return True
    email, now = fold_address(form.cleaned_data["email"]), timezone.now()
    return may_try(JOINS_FROM_ONE_PLACE, place_of(request), at=now) and may_try(
        JOINS_OF_ONE_ADDRESS, email, at=now
    )


def _join(form: JoinForm) -> HttpResponse:
    said = form.cleaned_data
    application = Application(
        key=said["key"],
        plan=form.plans[said["plan"]],
        method=said["method"],
        name=said["name"],
        others=said["others"],
        email=said["email"],
        address=form.postal,
        language=said["language"] or own_language(),
        page=reverse("join"),
        consents=form.wordings,
        recipient=_recipient(form) if form.is_present else None,
        declared=_declared(form),
    )
    now = timezone.now()
    joining = join(application, at=now)
    begun = begin_to_pay(
        joining,
        method=said["method"],
        language=own_language(),
        on=timezone.localdate(now),
        is_present=form.is_present,
        renews=said["renews"],
    )
    return see_other((begun and begun.go_to) or reverse("joined", args=[joining.uid]))


def _declared(form: JoinForm) -> Declared | None:
    """What they declared, where that is asked here."""
    if not form.asks_gift_aid or not form.cleaned_data["gift_aid"]:
        return None
    return Declared(wording=gift_aid_statement(), **form.declared_names)


def _recipient(form: JoinForm) -> Recipient:
    return Recipient(language=form.cleaned_data["gift_language"] or own_language(), **form.recipient)


def _form(
    request: HttpRequest,
    form: JoinForm,
    plans: dict[str, Plan],
    methods: tuple[str, ...],
    *,
    status: int = 200,
) -> HttpResponse:
    language, said = own_language(), form.data
    context = {
        "form": form,
        "key": said.get("key") or uuid.uuid4(),
        "plans": rendering.plan_choices(plans.values(), language, chosen=said.get("plan", "")),
        "methods": rendering.method_choices(methods, chosen=said.get("method", "")),
        "renews": bool(said.get("renews")),
        "mail": rendering.mail_choices(chosen=form["mail"].value() or ()),
        "languages": settings.LANGUAGES,
        "language_chosen": said.get("language") or language,
        "has_others": any(plan.people_at_most > 1 for plan in plans.values()),
        "gift_aid_statement": gift_aid_statement() if form.asks_gift_aid else "",
        "alternates": alternates("join"),
    }
    return never_cache(render)(request, "membership/join.html", context, status=status)


@never_cache
@require_safe
def joined(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say how to pay. Whoever knows the address sees an amount and a reference, and nothing else of a person."""
    joining = get_object_or_404(Joining.objects.select_related("membership__plan"), uid=uid)
    if joining.membership is None:
        raise Http404
    payment = payment_of(joining)
    context = {
        "payment": payment,
        "how_to_pay": how_to_pay(payment, own_language()) if payment else "",
        "plan": joining.membership.plan.wording(own_language()),
        "alternates": alternates("joined", uid),
    }
    return render(request, "membership/joined.html", context)


def may_try_token(request: HttpRequest) -> bool:
    """Whether links may still be tried from this place. Looking writes nothing, so only sending is counted."""
    return request.method != "POST" or may_try(TOKENS_FROM_ONE_PLACE, place_of(request), at=timezone.now())
