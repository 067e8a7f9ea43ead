"""What money comes again and again, from whom, and what of it could not be taken?"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pututu.giving.forms.desk import ReasonForm
from pututu.giving.models import Collection, Payment, RegularGift
from pututu.giving.services.gifts import end_gift
from pututu.giving.subjects import describe
from pututu.giving.views.access import errors_in_words, looked_through, needs
from pututu.people.models import AccessRecord
from pututu.people.services.access import note_look

PAGE_LENGTH = 50
LATELY = 30


@require_safe
@needs("view_payment")
def gifts(request: HttpRequest) -> HttpResponse:
    """List regular gifts, those going on first or all, and what was given up lately, memberships too."""
    shows_all = request.GET.get("show") == "all"
    found = RegularGift.objects.select_related("person", "fund", "mandate").order_by("-pk")
    page = Paginator(found if shows_all else found.filter(ended_on=None), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    given_up = Collection.objects.filter(given_up_on__isnull=False).select_related("mandate__payer")
    lately = list(given_up.order_by("-given_up_on")[:LATELY])
    subjects = describe(each.about for each in lately)
    looked_through(request, "regular gifts")
    context = {
        "page": page,
        "shows_all": shows_all,
        "given_up": [(each, subjects.get(each.about)) for each in lately],
        "query": "show=all" if shows_all else "",
    }
    return render(request, "giving/admin/regular_gifts.html", context)


@require_safe
@needs("view_payment")
def gift(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Show one, with what came of it and what was told."""
    found = get_object_or_404(RegularGift.objects.select_related("person", "fund", "mandate"), uid=uid)
    note_look(AccessRecord.Act.SEEN, person=found.person, by=request.user, detail="regular gift")
    context = {
        "gift": found,
        "payments": Payment.objects.filter(shares__about=found.uid).distinct(),
        "collections": Collection.objects.filter(about=found.uid).order_by("-due_on"),
        "form": ReasonForm(),
    }
    return render(request, "giving/admin/regular_gift.html", context)


@require_POST
@needs("change_payment")
def end(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """End one, because its giver asked or nothing comes."""
    found = get_object_or_404(RegularGift.objects.select_related("person", "mandate"), uid=uid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, errors_in_words(form))
    elif end_gift(found, on=timezone.localdate(), why=form.cleaned_data["reason"], by=request.user):
        messages.success(request, _("Ended: nothing more is taken or awaited."))
    return redirect("giving:regular-gift", found.uid)
