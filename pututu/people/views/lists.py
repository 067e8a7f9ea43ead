"""How do staff bring a list in, and take one out?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.lib.tables import UnreadableTable, csv_lines
from pututu.people.forms import ExportForm, ListForm, MappingForm, SearchForm
from pututu.people.models import AccessRecord, ImportRow, ImportRun, Person
from pututu.people.rendering import EXPORT_NAMES, FREE_PURPOSES, WHY_WORDS
from pututu.people.services import importing
from pututu.people.services.access import log_access
from pututu.people.services.consent import permission

ROWS_A_PAGE = 50
SECONDS = 10
"""For so long one press of a button works; the page then says how far it came, and goes on with the next press."""
may_import = permission_required("people.import_people")


@may_import
def upload_view(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = importing.take_list(file, filename=file.name, by=request.user)
        except UnreadableTable:
            form.add_error(
                "file", _("This is no table that we can read. Save it as CSV, with UTF-8 as its encoding.")
            )
        else:
            return redirect("people:list-run", run.pk)
    context = {"form": form, "title": _("Bring in a list"), "runs": ImportRun.objects.all()[:20]}
    return render(request, "people/admin/lists.html", context)


@may_import
def run_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a list stands: its columns to name, what would happen, what happened."""
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state == ImportRun.State.MAPPING:
        return redirect("people:list-columns", run.pk)
    shown = request.GET.get("show", "")
    rows = run.rows.select_related("person")
    rows = rows.filter(verdict=shown) if shown in ImportRow.Verdict.values else rows
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": run.filename,
        "subtitle": run.get_state_display(),
        "run": run,
        "page": page,
        "rows": [(row, WHY_WORDS.get(row.why, "")) for row in page],
        "query": f"show={shown}" if shown else "",
        "tallies": tallies(run),
        "waiting": importing.waiting(run),
        "choices": ImportRow.Choice.choices,
    }
    return render(request, "people/admin/run.html", context)


def tallies(run: ImportRun) -> list[tuple[str, str, int, int]]:
    """For each verdict its name, its words, how many lines have it, and how many of them came in."""
    return [
        (
            verdict.value,
            str(verdict.label),
            run.rows.filter(verdict=verdict).count(),
            run.rows.filter(verdict=verdict).exclude(done_at=None).count(),
        )
        for verdict in ImportRow.Verdict
    ]


@may_import
def columns_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Name what the columns of a list hold; nothing of it may have come in yet."""
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state not in (ImportRun.State.MAPPING, ImportRun.State.TRYING, ImportRun.State.TRIED):
        return redirect("people:list-run", run.pk)
    if not importing.path_of(run).exists():
        return redirect("people:lists")
    form = MappingForm(request.POST or None, run=run, samples=importing.samples(run))
    if request.method == "POST" and form.is_valid():
        importing.map_columns(run, mapping=form.mapping, terms=form.terms)
        go_on(request, run)
        return redirect("people:list-run", run.pk)
    context = {"form": form, "title": _("What do the columns hold?"), "subtitle": run.filename, "run": run}
    return render(request, "people/admin/columns.html", context)


@require_POST
@may_import
def go_on_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a list: try it to its end, or bring it in, for as long as a page may take."""
    run = get_object_or_404(ImportRun, pk=pk)
    keep_choices(run, request.POST)
    if "apply" in request.POST:
        importing.begin_bringing_in(run, by=request.user)
    if "drop" in request.POST:
        importing.drop_list(run)
        return redirect("people:lists")
    go_on(request, run)
    return redirect("people:list-run", run.pk)


def go_on(request: HttpRequest, run: ImportRun) -> None:
    try:
        if not importing.advance(run, seconds=SECONDS):
            messages.warning(request, _("There is more to do: press “Go on”."))
    except importing.ListMissing:
        messages.error(request, _("The file is no longer there. Upload it once more, and the list goes on."))


def keep_choices(run: ImportRun, said: Any) -> None:
    """Note what was decided of lines that wait for somebody."""
    for name, choice in said.items():
        line = name.removeprefix("line-")
        if name.startswith("line-") and line.isdecimal() and choice in ("", *ImportRow.Choice.values):
            run.rows.filter(line=line, verdict="decide", done_at=None).update(choice=choice)


# --- out


@permission_required("people.export_people")
def export_view(request: HttpRequest) -> HttpResponseBase:
    """The people of a filter as CSV, with the columns that are chosen."""
    sought = SearchForm(request.GET)
    people = sought.found()
    form = ExportForm(request.POST or None, initial={"columns": ["name", "email", "language"]})
    if request.method == "POST" and form.is_valid():
        columns = [each for each in form.cleaned_data["columns"] if may_take(request, each)]
        detail = f"{people.count()}: {sought.in_words()}"
        log_access(AccessRecord.Act.EXPORTED, by=request.user, fields=columns, detail=detail)
        answer = StreamingHttpResponse(
            csv_lines(table(people, columns)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="people.csv"'
        return answer
    count = people.count()
    context = {
        "form": form,
        "title": _("Take people out as CSV"),
        "button": _("Take out"),
        "explanation": _("%(count)s people of the filter. That you took them out is written down.")
        % {"count": count},
    }
    return render(request, "people/admin/form.html", context)


def may_take(request: HttpRequest, column: str) -> bool:
    return column != "notes" or request.user.has_perm("people.see_notes")


def table(people: Any, columns: list[str]) -> Iterator[list[str]]:
    yield [str(EXPORT_NAMES[name]) for name in columns]
    for person in people.prefetch_related("addresses", "tags").iterator(chunk_size=200):
        yield [cell(person, name) for name in columns]


def cell(person: Person, name: str) -> str:
    if name == "email":
        return ", ".join(email.address for email in person.addresses.all())
    if name == "tags":
        return ", ".join(tag.name for tag in person.tags.all())
    if name in FREE_PURPOSES:
        allowed = [email.address for email in person.addresses.all() if permission(person, email, name)]
        return ", ".join(allowed)
    return str(getattr(person, name))
