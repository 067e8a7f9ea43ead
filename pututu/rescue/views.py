"""What do staff see of an old site that came across, and what do they decide about it?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from pututu.rescue.bringing import given, picture, settling, sums, table
from pututu.rescue.bringing.keeping import original
from pututu.rescue.bringing.room import DiskIsFull
from pututu.rescue.forms import DecisionForm, GivenForm, acts_for
from pututu.rescue.models import OldAddress, OldCapture, RescuedItem, RescueRun
from pututu.rescue.sources.media import is_page
from pututu.rescue.wording import HELP

PAGE_LENGTH = 50
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
DOWNLOADED = "application/octet-stream"
REFUSED: dict[type[Exception], Any] = {
    settling.NothingToJoin: gettext_lazy("“%(title)s” has no other page to join."),
    settling.DecidedAlready: gettext_lazy(
        "“%(title)s” was decided already. Look at “What was decided”, and take that back first."
    ),
    settling.NothingDecided: gettext_lazy("Nothing was decided about “%(title)s”."),
}
View = Callable[..., HttpResponseBase]


def for_settlers(view: View) -> View:
    """Let only those in who may settle what came from the old site."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("rescue.settle_items"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guard: View = require_admin_access(guarded)
    return guard


@for_settlers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A picture of the archive: items by year, what waits, how far the review is."""
    settled, waiting = picture.progress()
    context = {
        "title": _("From the old site"),
        "bars": picture.bars(),
        "defects": picture.defects(),
        "stand_ins": picture.stand_ins(),
        "settled": settled,
        "waiting": waiting,
        "all": settled + waiting,
        "unresolved": picture.unresolved(),
        "items": RescuedItem.objects.count(),
        "runs": RescueRun.objects.all()[:10],
    }
    return render(request, "rescue/admin/index.html", context)


@for_settlers
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give a source: it is looked at in the background, and nothing comes across before somebody asks for it."""
    form = GivenForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("rescue:run", given.take(by=request.user, **form.cleaned_data).pk)
        except DiskIsFull:
            form.add_error("file", _("There is no room on the disk to keep it. Make room and give it again."))
    return render(request, "rescue/admin/give.html", {"title": _("Bring an old site across"), "form": form})


@for_settlers
@require_http_methods(["GET", "HEAD", "POST"])
def run_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in a source, how far it is, and the buttons that bring it across and take it back."""
    run = get_object_or_404(RescueRun, pk=pk)
    if request.method == "POST":
        given.ask(run, by=request.user, is_undo="undo" in request.POST)
        return redirect("rescue:run", pk)
    context = {
        "title": run.filename,
        "run": run,
        "is_busy": run.state in given.BUSY,
        "into": given.into_of(run),
        "found": sums.found_in(run),
        "is_empty": run.state == RescueRun.State.PLANNED and not sums.makes_pages(run),
        "first": sums.first_of(run),
        "places": sums.places_of(run) if run.state == RescueRun.State.DONE else [],
        "kept": run.items.filter(page__isnull=False).count(),
    }
    return render(request, "rescue/admin/run.html", context)


@for_settlers
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Items that wait for a person, or those that were settled; one reason at a time or all."""
    need = request.GET.get("need", "")
    need = need if need in (*RescuedItem.Need.values, "settled") else ""
    found = RescuedItem.objects.filter(page__isnull=False).select_related("page").order_by("pk")
    if need == "settled":
        found = found.filter(settled_at__isnull=False, before__isnull=False)
    else:
        found = found.filter(needs=need) if need else found.exclude(needs="")
    paginated = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "title": _("What was decided") if need == "settled" else _("What waits for a decision"),
        "need": need,
        "needs": picture.needs(),
        "paginated": paginated,
        "chosen": {int(each) for each in request.GET.get("chosen", "").split(",") if each.isdecimal()},
        "decided": picture.decisions([row.page_id for row in paginated]) if need == "settled" else {},
        "acts": acts_for(is_decided=need == "settled"),
    }
    return render(request, "rescue/admin/queue.html", context)


@for_settlers
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Decide about the chosen items; what can't be decided so is told and stays."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        told = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(told))
        return _back_to(request, is_done=False)
    done = sum(_decide(row, form.cleaned_data, request) for row in form.cleaned_data["items"])
    if done:
        messages.success(request, ngettext("%(n)s item decided.", "%(n)s items decided.", done) % {"n": done})
    return _back_to(request, is_done=bool(done))


def _back_to(request: HttpRequest, *, is_done: bool) -> HttpResponse:
    """Back to the list from where somebody came, or to the one item about which nothing could be decided."""
    one = RescuedItem.objects.filter(pk=request.POST.get("beside") or 0, page__isnull=False).first()
    if one and not is_done:
        return redirect("rescue:beside", one.pk)
    place = {"need": request.POST.get("need", "")[:12], "page": request.POST.get("page", "")[:6]}
    if not is_done:  # who chose many need not choose them again
        place["chosen"] = ",".join(each for each in request.POST.getlist("items") if each.isdigit())
    return redirect(f"{reverse('rescue:queue')}?{urlencode({k: v for k, v in place.items() if v})}")


def _decide(row: RescuedItem, said: dict[str, Any], request: HttpRequest) -> bool:
    acts: dict[str, Callable[[], None]] = {
        "keep": lambda: settling.keep_as_it_is(row, by=request.user),
        "unknown": lambda: settling.set_date(row, "", by=request.user),
        "date": lambda: settling.set_date(row, said["words"], by=request.user),
        "join": lambda: settling.join(row, by=request.user),
        "undo": lambda: settling.undo(row, by=request.user),
    }
    try:
        acts[said["act"]]()
    except (settling.Refusal, PermissionDenied) as refusal:
        told = REFUSED.get(type(refusal), gettext_lazy("You may not change “%(title)s”."))
        messages.warning(request, str(told) % {"title": row.page})
        return False
    return True


@for_settlers
@require_safe
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: the old page as it was beside what came of it."""
    row = get_object_or_404(RescuedItem.objects.filter(page__isnull=False).select_related("page"), pk=pk)
    twin = settling.twin_of(row)
    context = {
        "title": row.page.title if row.page else "",
        "row": row,
        "page": _latest(row),
        "acts": acts_for(is_decided=bool(row.settled_at and not row.needs)),
        "decided": picture.decisions([row.page_id]).get(row.page_id or 0),
        "help": HELP.get(row.needs, ""),
        "otherwise": picture.otherwise(row),
        "twin": twin,
        "twin_page": _latest(twin) if twin else None,
        "kept": picture.kept(row),
        "original": _kind_of_original(row),
    }
    return render(request, "rescue/admin/beside.html", context)


def _latest(row: RescuedItem) -> Any:
    return row.page.specific.get_latest_revision_as_object() if row.page else None


def _kind_of_original(row: RescuedItem) -> str:
    """As what the original of an item is shown, "" where it was not kept."""
    if not row.sha256 or original(row.sha256) is None:
        return ""
    known = OldCapture.objects.filter(sha256=row.sha256).values_list("media_type", flat=True).first()
    return shown_as(str(known)) if known is not None else ""


@for_settlers
@require_safe
@xframe_options_sameorigin
def old_page(request: HttpRequest, sha256: str) -> HttpResponse:
    """The original's bytes as they came, in a sandbox: no script runs, and nothing is asked of anywhere.

    Pages, text and pictures are shown; whatever else there is (PDF) is only handed over as a file.
    """
    known = OldCapture.objects.filter(sha256=sha256).values_list("media_type", flat=True).first()
    content = original(sha256) if known is not None else None
    if content is None:
        raise Http404
    media_type = shown_as(str(known))
    response = HttpResponse(content, content_type=media_type)
    if media_type == DOWNLOADED:
        response["Content-Disposition"] = f'attachment; filename="{sha256[:12]}"'
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def shown_as(media_type: str) -> str:
    """As what an original is sent: nothing that could do more than be looked at."""
    if is_page(media_type):
        return "text/html"
    if media_type in PICTURES:
        return media_type
    return "text/plain" if media_type.startswith("text/") else DOWNLOADED


@for_settlers
@require_safe
def nowhere(request: HttpRequest) -> HttpResponse:
    """The old addresses of which nobody knows what should become, each with the reason."""
    rows = OldAddress.objects.filter(outcome=OldAddress.Outcome.UNRESOLVED).order_by("host", "path")
    context = {
        "title": _("Old addresses that lead nowhere"),
        "paginated": Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page")),
        "may_redirect": request.user.has_perm("wagtailredirects.add_redirect"),
    }
    return render(request, "rescue/admin/nowhere.html", context)


@for_settlers
@require_safe
def addresses(request: HttpRequest) -> StreamingHttpResponse:
    """Every old address and what became of it, for a spreadsheet."""
    response = StreamingHttpResponse(table.as_csv(table.rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="old-addresses.csv"'
    return response
