"""How does a treasurer bring a statement in, and what became of it?"""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pututu.giving.forms.desk import ColumnsForm, UploadForm
from pututu.giving.models import BankAccount, Statement, StatementLine, Upload
from pututu.giving.rendering import refused_words
from pututu.giving.rules.lines import StatementError
from pututu.giving.rules.statements import open_statement
from pututu.giving.rules.tables import Columns, Table, guess_columns
from pututu.giving.services.statements import keep_upload, needs_columns, take_in, use_columns
from pututu.giving.views.access import needs

RECENT, SAMPLE = 20, 5


@needs("add_statement")
def statements(request: HttpRequest) -> HttpResponse:
    """Show the statements that came in, and take in another."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, form.cleaned_data["account"], form.cleaned_data["file"])
        except StatementError as error:
            form.add_error("file", refused_words(error))
    state = StatementLine.State
    found = Statement.objects.select_related("account").annotate(
        new=Count("lines"),
        booked=Count("lines", filter=Q(lines__state=state.APPLIED)),
        waiting=Count("lines", filter=Q(lines__state=state.WAITING, lines__minor__gt=0)),
    )
    context = {"form": form, "statements": found[:RECENT], "has_account": BankAccount.objects.exists()}
    return render(request, "giving/admin/statements.html", context)


def _take(request: HttpRequest, account: BankAccount, file: UploadedFile[bytes]) -> HttpResponse:
    content, name = file.read(), file.name or ""
    if needs_columns(account, content):
        return redirect("giving:columns", keep_upload(account, filename=name, content=content).pk)
    return redirect("giving:statement", take_in(account, filename=name, content=content, by=request.user).pk)


@needs("add_statement")
def columns(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Ask which column of a bank's files is what, once."""
    upload = Upload.objects.filter(pk=upload_id).select_related("account").first()
    if upload is None:  # it came in already, by an earlier press of the button, or a day has gone by
        messages.warning(
            request, _("This file came in already or was not kept. Look below, or upload it once more.")
        )
        return redirect("giving:statements")
    table = open_statement(bytes(upload.content), currency=upload.account.currency).table
    if table is None:
        return redirect("giving:statements")
    form = ColumnsForm(table, request.POST or None, initial=_initial(guess_columns(table)))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("giving:statement", use_columns(upload, form.columns, by=request.user).pk)
        except StatementError as error:
            form.add_error(None, refused_words(error))
    context = {"form": form, "upload": upload, "headings": table.headings, "rows": _sample(table)}
    return render(request, "giving/admin/columns.html", context)


def _sample(table: Table) -> list[tuple[str, ...]]:
    return [row for _number, row in table.rows[:SAMPLE]]


def _initial(guess: Columns) -> dict[str, object]:
    return {**guess.as_json(), "day_first": "day" if guess.day_first else "month"}


@needs("add_statement")
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Show what became of a file: new, known already, booked, waiting, and what could not be read."""
    found = get_object_or_404(Statement.objects.select_related("account"), pk=statement_id)
    lines = found.lines.select_related("account").prefetch_related("uses__payment__payer")
    state = StatementLine.State
    context = {
        "statement": found,
        "booked": lines.filter(state=state.APPLIED),
        "new": lines.count(),
        "waiting": lines.filter(state=state.WAITING, minor__gt=0).count(),
        "out": lines.filter(state=state.WAITING, minor__lt=0).count(),
    }
    return render(request, "giving/admin/statement.html", context)
