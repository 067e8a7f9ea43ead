"""How does a member declare Gift Aid on their own page, and end it?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pututu.giving.models import GiftAidSettings
from pututu.giving.rendering import gift_aid_statement
from pututu.membership.forms.gift_aid import GiftAidForm
from pututu.membership.services import gift_aid as acts
from pututu.membership.views.own_page import page_of, person_of
from pututu.membership.views.session import Member, for_members
from pututu.people.models import Person
from pututu.people.views.visitors import see_other


@require_POST
@for_members
def gift_aid(request: HttpRequest, member: Member) -> HttpResponse:
    """Take the statement, or end it. Ending is taken also where the group claims no more."""
    person, on = person_of(member), timezone.localdate()
    if request.POST.get("act") == "stop":
        acts.stop_gift_aid(person, on=on)
        return see_other(f"{reverse('me')}#gift-aid")
    if not GiftAidSettings.load().is_on or person.kind != Person.Kind.PERSON:
        raise Http404
    form = GiftAidForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(each) for errors in form.errors.values() for each in errors)
        return page_of(request, member, error=_("Gift Aid: %(what)s") % {"what": said}, status=422)
    acts.declare_now(person, form.details, wording=gift_aid_statement(), on=on)
    return see_other(f"{reverse('me')}#gift-aid")
