"""How do staff give somebody all that is known of them, or erase them?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.people.forms import EraseForm
from pututu.people.models import AccessRecord, Person
from pututu.people.services.access import note_look
from pututu.people.services.disclosing import disclose
from pututu.people.services.erasing import erase_person, preview_erasure
from pututu.people.views.records import known_person


@require_POST
@permission_required("people.export_people")
@permission_required("people.see_notes")
def disclose_view(request: HttpRequest, uid: Any) -> HttpResponse:
    """Everything about one person as a ZIP."""
    person = known_person(uid)
    answer = HttpResponse(disclose(person, by=request.user), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="everything-{person.reference}.zip"'
    return answer


@permission_required("people.delete_person")
def erase_view(request: HttpRequest, uid: Any) -> HttpResponse:
    """Show what an erasure would do, and do it when the reference is typed."""
    if get_object_or_404(Person, uid=uid).erased_at:
        messages.info(request, _("This person was erased already."))
        return redirect("people:list")
    person = known_person(uid)
    note_look(AccessRecord.Act.SEEN, person=person, by=request.user)
    form = EraseForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        erase_person(person, by=request.user)
        messages.success(request, _("Erased. It can't be taken back."))
        return redirect("people:list")
    context = {
        "title": _("Erase %(name)s") % {"name": person},
        "person": person,
        "form": form,
        "preview": preview_erasure(person),
        "button": _("Erase for good"),
    }
    return render(request, "people/admin/erase.html", context)
