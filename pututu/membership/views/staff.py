"""What do staff see of one membership?"""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from pututu.giving.models import Payment
from pututu.membership.models import Membership, MembershipRules
from pututu.membership.rendering.pages import STATUS_WORDS, row_of
from pututu.people.models import AccessRecord
from pututu.people.services.access import note_look


def membership_or_404(uid: uuid.UUID) -> Membership:
    found = Membership.objects.with_facts().prefetch_related("plan__wordings")
    return get_object_or_404(found, uid=uid)


@permission_required("membership.view_membership")
@require_safe
def membership_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A membership with its terms, payments, decisions and people; that somebody looked is written down."""
    membership = membership_or_404(uid)
    note_look(AccessRecord.Act.SEEN, person=membership.holder, by=request.user)
    decisions = membership.decisions.select_related("by")
    context: dict[str, Any] = {
        "title": membership.holder.name,
        "subtitle": _("Membership"),
        "row": row_of(membership, today=timezone.localdate(), rules=MembershipRules.load().status_rules),
        "membership": membership,
        "terms": membership.terms.select_related("payment"),
        "decisions": [(each, STATUS_WORDS.get(each.status, each.status)) for each in decisions],
        "payments": payments_for(membership),
        "belongings": membership.belongings.select_related("person"),
    }
    return render(request, "membership/admin/membership.html", context)


def payments_for(membership: Membership) -> Any:
    return Payment.objects.filter(shares__about=membership.uid).select_related("payer").distinct()
