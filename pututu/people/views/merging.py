"""How do staff make two records of one person one, and two again?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.people.models import AccessRecord, Merge, Person
from pututu.people.services.access import note_look
from pututu.people.services.merging import (
    CannotMerge,
    CannotSeparate,
    duplicates,
    hold_apart,
    merge_people,
    separate_people,
)

PAIRS_A_PAGE = 20
may_merge = permission_required("people.import_people")


@may_merge
def duplicates_view(request: HttpRequest) -> HttpResponse:
    """Records that may be one person's, side by side, for somebody to decide."""
    page = Paginator(duplicates(), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    people = Person.objects.prefetch_related("addresses").in_bulk({pk for pair in page for pk in pair})
    note_look(AccessRecord.Act.LISTED, by=request.user, detail="duplicates")
    context = {
        "title": _("Perhaps the same person"),
        "page": page,
        "pairs": [(people[one], people[other]) for one, other in page],
    }
    return render(request, "people/admin/duplicates.html", context)


@require_POST
@may_merge
def merge_view(request: HttpRequest) -> HttpResponse:
    """Merge one record into the other, or note that they are two people."""
    kept = get_object_or_404(Person, pk=request.POST.get("kept", ""))
    other = get_object_or_404(Person, pk=request.POST.get("other", ""))
    if "apart" in request.POST:
        hold_apart(kept, other, by=request.user)
        return redirect("people:duplicates")
    try:
        merge_people(kept, other, by=request.user)
    except CannotMerge:
        messages.error(request, _("One of the two is merged or erased already; nothing was done."))
        return redirect("people:duplicates")
    messages.success(request, _("Two records are one now. “Separate again” on this page takes it back."))
    return redirect("people:person", kept.uid)


@require_POST
@may_merge
def separate_view(request: HttpRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(Merge.objects.select_related("other"), pk=pk)
    try:
        separate_people(merge, by=request.user)
    except CannotSeparate:
        messages.error(
            request, _("This merge was taken back already, or its record went on into another one.")
        )
    return redirect("people:person", merge.other.uid)
