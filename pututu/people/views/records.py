"""How do staff find, read and keep the records of people?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_required

from pututu.lib.references import show_reference
from pututu.people.forms import NewPersonForm, PersonForm, SearchForm
from pututu.people.models import AccessRecord, PeopleRules, Person
from pututu.people.rendering import AddressAnswers, Answer, purpose_name, words_of
from pututu.people.rules import Purpose
from pututu.people.services.access import note_look
from pututu.people.services.consent import permission, suppression_of
from pututu.people.services.persons import (
    ChangedMeanwhile,
    add_person_once,
    change_person,
    set_tags,
)
from pututu.people.timeline import entries_of

LIST_LENGTH = 50
LOG_LENGTH = 100


@permission_required("people.view_person")
def list_view(request: HttpRequest) -> HttpResponse:
    """The people that are sought, a page of fifty."""
    form = SearchForm(request.GET)
    found = form.found().prefetch_related("addresses", "tags")
    page = Paginator(found, LIST_LENGTH).get_page(request.GET.get("page"))
    note_look(AccessRecord.Act.LISTED, by=request.user, detail=form.in_words())
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {"title": _("People"), "form": form, "page": page, "query": rest.urlencode()}
    context["list_acts"] = acts(
        request,
        ("people.import_people", _("Bring in a list"), reverse("people:lists")),
        ("people.import_people", _("Perhaps the same person"), reverse("people:duplicates")),
        ("people.view_retentionrun", _("How long things are kept"), reverse("people:retention")),
        ("people.export_people", _("Take these out"), f"{reverse('people:export')}?{context['query']}"),
    )
    return render(request, "people/admin/list.html", context)


def acts(request: HttpRequest, *offered: tuple[str, str, str]) -> list[dict[str, str]]:
    """The buttons (permission, label, address) that whoever looks may press."""
    return [{"label": label, "url": url} for may, label, url in offered if request.user.has_perm(may)]


def known_person(uid: Any) -> Person:
    """The person, or the one whom the record was merged into; an erased one is not found."""
    person: Person = get_object_or_404(Person, uid=uid, erased_at=None)
    while person.merged_into is not None:
        person = person.merged_into
    return person


@permission_required("people.view_person")
def person_view(request: HttpRequest, uid: Any) -> HttpResponse:
    """Everything about one person; that somebody looked is written down."""
    person = known_person(uid)
    if person.uid != uid:
        return redirect("people:person", person.uid)
    note_look(AccessRecord.Act.SEEN, person=person, by=request.user)
    context = {
        "title": person.name,
        "subtitle": person.get_kind_display() if person.kind != Person.Kind.PERSON else "",
        "person": person,
        "reference": show_reference(person.reference),
        "agreements": agreements(person),
        "consents": person.consents.select_related("email", "by").order_by("-at", "-pk"),
        "entries": entries_of(person, may=request.user.has_perm),
        "acts": acts(
            request,
            ("people.delete_person", _("Erase"), reverse("people:erase", args=[person.uid])),
            (
                "people.view_accessrecord",
                _("Who saw this record"),
                f"{reverse('people:log')}?person={person.uid}",
            ),
        ),
        "merges": person.merges.filter(separated_at=None).select_related("other"),
    }
    return render(request, "people/admin/person.html", context)


def agreements(person: Person) -> list[AddressAnswers]:
    """What may be sent to each address of a person's, with the reason, and who else reads mail there."""
    is_soft = PeopleRules.load().is_soft_opt_in_allowed
    found = []
    for email in person.addresses.order_by("person_emails__order", "person_emails__pk"):
        answers = []
        for purpose in Purpose:
            answer = permission(person, email, purpose, is_soft_opt_in_allowed=is_soft)
            answers.append(Answer(purpose_name(purpose), bool(answer), words_of(answer, purpose)))
        others = list(Person.objects.known().filter(addresses=email).exclude(pk=person.pk))
        found.append(AddressAnswers(email, others, answers, suppression_of(email.address)))
    return found


@permission_required("people.add_person")
def add_view(request: HttpRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None, may_see_notes=request.user.has_perm("people.see_notes"))
    if request.method == "POST" and form.is_valid():
        values = form.values
        name = values.pop("name")
        person = add_person_once(
            form.cleaned_data["key"], name, emails=form.cleaned_data["emails"], by=request.user, **values
        )
        set_tags(person, form.tag_names)
        messages.success(request, _("%(name)s is written down.") % {"name": person})
        return redirect("people:person", person.uid)
    return render(request, "people/admin/form.html", {"form": form, "title": _("Write somebody down")})


@permission_required("people.change_person")
def edit_view(request: HttpRequest, uid: Any) -> HttpResponse:
    person = known_person(uid)
    note_look(AccessRecord.Act.SEEN, person=person, by=request.user)
    form = PersonForm(
        request.POST or None, instance=person, may_see_notes=request.user.has_perm("people.see_notes")
    )
    if request.method == "POST" and form.is_valid() and saved(form, person, request):
        return redirect("people:person", person.uid)
    context = {"form": form, "title": Person.objects.get(pk=person.pk).name, "person": person}
    return render(request, "people/admin/form.html", context)


def saved(form: PersonForm, person: Person, request: HttpRequest) -> bool:
    try:
        changed = change_person(
            person,
            form.values,
            tags=form.tag_names,
            seen_at=form.cleaned_data["seen_at"],
            by=request.user,
        )
    except ChangedMeanwhile:
        form.add_error(
            None, _("Somebody changed this record since you opened it. Open it anew; nothing was saved.")
        )
        return False
    messages.success(request, _("Saved.") if changed else _("Nothing was different."))
    return True


@permission_required("people.view_accessrecord")
def log_view(request: HttpRequest) -> HttpResponse:
    """Who looked at or changed which record, newest first."""
    rows = AccessRecord.objects.select_related("by")
    uid = request.GET.get("person", "")
    if uid:
        rows = rows.filter(person_uid=get_object_or_404(Person, uid=uid).uid)
    page = Paginator(rows, LOG_LENGTH).get_page(request.GET.get("page"))
    names = {each.uid: each for each in Person.objects.filter(uid__in=[row.person_uid for row in page])}
    context = {
        "title": _("Who saw which record"),
        "rows": [(row, names.get(row.person_uid) if row.person_uid else None) for row in page],
        "page": page,
        "query": f"person={uid}" if uid else "",
    }
    return render(request, "people/admin/log.html", context)
