"""How does somebody change or stop what they give regularly, on their own page?"""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pututu.giving.forms.public import OwnAmountField
from pututu.giving.models import RegularGift
from pututu.giving.services.gifts import change_gift, end_gift
from pututu.lib.money import Money
from pututu.membership.views.session import Member, for_members
from pututu.people.views.visitors import see_other


@require_POST
@for_members
def change(request: HttpRequest, member: Member, uid: uuid.UUID) -> HttpResponse:
    """Give another amount from the next time on, or no more. What can't be an amount changes nothing."""
    gifts = RegularGift.objects.select_related("person", "mandate")
    gift = get_object_or_404(gifts, uid=uid, person=member.person)
    if request.POST.get("act") == "stop":
        end_gift(gift, on=timezone.localdate(), why="Stopped by the giver.")
    elif amount := _amount(request, gift):
        change_gift(gift, amount)
    return see_other(f"{reverse('me')}#gifts")


def _amount(request: HttpRequest, gift: RegularGift) -> Money | None:
    try:
        return OwnAmountField(currency=gift.currency).clean(request.POST.get("own", ""))
    except forms.ValidationError:
        return None
