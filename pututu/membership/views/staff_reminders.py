"""Which reminders go out today, which have to be printed, and who says that they were posted?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from pututu.membership.rendering.letters import Letter, is_by_hand, labels_pdf, letters_pdf
from pututu.membership.services.reminders import Due, due_reminders, note_letters
from pututu.people.models import AccessRecord
from pututu.people.services.access import note_look


@permission_required("membership.change_membership")
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_view(request: HttpRequest) -> HttpResponse:
    """What is due, by e-mail and by post. What was printed is noted by the button, once."""
    today = timezone.localdate()
    if request.method == "POST":
        number = note_letters(request.POST.getlist("due"), today)
        messages.success(request, _("%(number)s letters are noted as posted.") % {"number": number})
        return redirect("membership:reminders")
    note_look(AccessRecord.Act.LISTED, by=request.user, detail="reminders")
    due = due_reminders(today)
    letters = [each for each in due if not each.email]
    context = {
        "title": _("Reminders"),
        "by_hand": [each.membership.payer for each in letters if is_by_hand(each.membership.payer)],
        "mails": [each for each in due if each.email],
        "letters": letters,
    }
    return render(request, "membership/admin/reminders.html", context)


def _letters(request: HttpRequest) -> list[Due]:
    found = [each for each in due_reminders(timezone.localdate()) if not each.email]
    note_look(AccessRecord.Act.EXPORTED, by=request.user, detail=f"{len(found)} letters")
    return found


@permission_required("membership.change_membership")
@require_safe
def letters_view(request: HttpRequest) -> HttpResponse:
    letters = [Letter(each.membership, each.end) for each in _letters(request)]
    return _pdf(letters_pdf(letters, today=timezone.localdate()), "letters.pdf")


@permission_required("membership.change_membership")
@require_safe
def labels_view(request: HttpRequest) -> HttpResponse:
    return _pdf(labels_pdf(each.membership.payer for each in _letters(request)), "labels.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
