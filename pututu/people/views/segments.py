"""How do staff save the filters of a list under a name, and find them again?"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.people.forms import SegmentNameForm
from pututu.people.models import AccessRecord, SavedSegment
from pututu.people.segments import kind_named, segment_of, segments
from pututu.people.services.access import note_look
from pututu.people.services.segmenting import (
    NameTaken,
    NothingToSave,
    remove_segment,
    rename_segment,
    save_segment,
)


@permission_required("people.view_person")
def list_view(request: HttpRequest) -> HttpResponse:
    """The saved filters, with how many people each means today."""
    today = timezone.localdate()
    found = [(each, each.persons(today).count()) for each in segments(may=request.user.has_perm)]
    note_look(AccessRecord.Act.LISTED, by=request.user, detail="segments")
    return render(request, "people/admin/segments.html", {"title": _("Saved filters"), "segments": found})


@require_POST
@permission_required("people.add_savedsegment")
def save_view(request: HttpRequest) -> HttpResponse:
    kind = kind_named(request.POST.get("kind", ""))
    if kind is None:
        raise Http404
    if not request.user.has_perm(kind.permission):
        raise PermissionDenied
    form = SegmentNameForm(request.POST)
    said = QueryDict(request.POST.get("filters", "")).dict()
    if not form.is_valid():
        messages.error(request, _("Give the filters a name."))
        return redirect("people:segments")
    try:
        save_segment(kind, form.cleaned_data["name"], said, by=request.user)
    except NameTaken:
        messages.error(request, _("Another saved filter has this name; nothing was saved."))
    except NothingToSave:
        messages.error(
            request, _("No filter is set that can be saved; words that may be a name are not kept.")
        )
    else:
        messages.success(request, _("The filters are saved."))
    return redirect("people:segments")


def saved_or_404(request: HttpRequest, pk: int) -> SavedSegment:
    """A saved filter of a list that whoever asks may see."""
    saved = get_object_or_404(SavedSegment, pk=pk)
    segment = segment_of(saved)
    if segment is not None and not request.user.has_perm(segment.kind.permission):
        raise PermissionDenied
    return saved


@require_POST
@permission_required("people.change_savedsegment")
def rename_view(request: HttpRequest, pk: int) -> HttpResponse:
    form = SegmentNameForm(request.POST)
    saved = saved_or_404(request, pk)
    if form.is_valid():
        try:
            rename_segment(saved, form.cleaned_data["name"], by=request.user)
        except NameTaken:
            messages.error(request, _("Another saved filter has this name; nothing was saved."))
    return redirect("people:segments")


@require_POST
@permission_required("people.delete_savedsegment")
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    found = SavedSegment.objects.filter(pk=pk).exists()
    if found:  # the second of two clicks finds it gone
        remove_segment(saved_or_404(request, pk), by=request.user)
    return redirect("people:segments")
