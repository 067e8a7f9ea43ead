"""Which memberships do staff look for, which money waits for them, and whom would other rules touch?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from pututu.lib.tables import csv_lines
from pututu.membership import rules
from pututu.membership.forms.staff import RulesForm, SearchForm
from pututu.membership.models import Membership, MembershipRules
from pututu.membership.rendering.pages import OBJECTION_WORDS, STATUS_WORDS, Row, row_of
from pututu.membership.services.finding import ends_of, keys_found, statuses_of
from pututu.membership.services.waiting import waiting_money
from pututu.people.models import AccessRecord
from pututu.people.services.access import note_look

LIST_LENGTH = 50
COLUMNS = ("name", "reference", "plan", "status", "ends", "method", "applied")


@permission_required("membership.view_membership")
@require_safe
def list_view(request: HttpRequest) -> HttpResponse:
    """The memberships that are sought, a page of fifty; the status is worked out for today."""
    form = SearchForm(request.GET)
    page = Paginator(keys_of(form), LIST_LENGTH).get_page(request.GET.get("page"))
    note_look(AccessRecord.Act.LISTED, by=request.user, detail="memberships")
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {"title": _("Memberships"), "form": form, "page": page, "query": rest.urlencode()}
    context["rows"] = rows_of(page.object_list)
    return render(request, "membership/admin/list.html", context)


def keys_of(form: SearchForm) -> list[int]:
    """The memberships that the filters leave; what can't be read of them leaves none."""
    return keys_found(form.cleaned_data, on=timezone.localdate()) if form.is_valid() else []


def rows_of(keys: Iterable[int]) -> list[Row]:
    """What the list says of these memberships, in their order."""
    wanted = list(keys)
    held = Membership.objects.with_facts().prefetch_related("plan__wordings").in_bulk(wanted)
    today, decided = timezone.localdate(), MembershipRules.load().status_rules
    return [row_of(held[key], today=today, rules=decided) for key in wanted if key in held]


def table(keys: list[int]) -> Iterator[list[str]]:
    """The same of all of them as plain cells, without fetching every term."""
    yield list(COLUMNS)
    everything = Membership.objects.all()
    statuses, ends = statuses_of(everything, on=timezone.localdate()), ends_of(everything)
    columns = ("pk", "holder__name", "holder__reference", "plan__slug", "method", "applied_on")
    rows = {row[0]: row[1:] for row in everything.values_list(*columns).iterator()}
    for key in keys:
        name, reference, plan, method, applied_on = rows[key]
        end = ends[key].isoformat() if key in ends else ""
        yield [name, reference, plan, str(statuses[key]), end, method, applied_on.isoformat()]


@permission_required("people.export_people")
@require_safe
def csv_view(request: HttpRequest) -> HttpResponse:
    """The list as a table for spreadsheets: UTF-8 with its mark, days as ISO 8601; no cell can be a formula."""
    found = keys_of(SearchForm(request.GET))
    note_look(AccessRecord.Act.EXPORTED, by=request.user, detail=f"{len(found)} memberships")
    response = HttpResponse(csv_lines(table(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="memberships.csv"'
    return response


@permission_required("membership.view_membership")
@require_safe
def waiting_view(request: HttpRequest) -> HttpResponse:
    """Money for memberships that may be a mistake: somebody decides."""
    found = [(each, OBJECTION_WORDS.get(each.objection or "", "")) for each in waiting_money()]
    note_look(AccessRecord.Act.LISTED, by=request.user, detail="money that waits")
    return render(
        request, "membership/admin/waiting.html", {"title": _("Money that waits"), "waiting": found}
    )


@permission_required("membership.change_membershiprules")
def rules_view(request: HttpRequest) -> HttpResponse:
    """The rules of membership; whom a change touches is shown before it is saved."""
    before = MembershipRules.load().status_rules
    form = RulesForm(request.POST or None, instance=MembershipRules.load())
    context: dict[str, Any] = {"title": _("Rules of membership"), "form": form}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "save":
            form.save()
            messages.success(request, _("Saved."))
            return redirect("membership:rules")
        context |= {"is_preview": True, "touched": _touched(before, form.instance.status_rules)}
    return render(request, "membership/admin/rules.html", context)


def _touched(before: rules.StatusRules, after: rules.StatusRules) -> list[tuple[Membership, str, str]]:
    held = {each.pk: each for each in Membership.objects.with_facts()}
    facts = {key: each.facts for key, each in held.items()}
    found = rules.changes(facts, today=timezone.localdate(), before=before, after=after)
    return [(held[key], str(STATUS_WORDS[old]), str(STATUS_WORDS[new])) for key, (old, new) in found.items()]
