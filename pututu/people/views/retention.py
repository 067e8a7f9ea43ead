"""How do staff see what is kept for how long, and take out what is over its time?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.people import retention
from pututu.people.forms import ApplyRuleForm, LengthForm
from pututu.people.models import RetentionRun
from pututu.people.rendering import FATE_WORDS, kept_for
from pututu.people.retention import Rule
from pututu.people.services.retaining import Standing, apply_rule, length_of, set_length, some_due, standing

SHOWN = 50
RUNS_SHOWN = 20
SECONDS = 10
may_see = permission_required("people.view_retentionrun")
may_apply = permission_required("people.apply_retention")


@may_see
def retention_view(request: HttpRequest) -> HttpResponse:
    """All rules, with how much each would touch today, and the last runs."""
    today = timezone.localdate()
    titles = {rule.slug: rule.what for rule in retention.rules()}
    runs = RetentionRun.objects.select_related("by")[:RUNS_SHOWN]
    context = {
        "title": _("How long things are kept"),
        "rows": [in_words(standing(rule, today=today)) for rule in retention.rules()],
        "runs": [(run, titles.get(run.slug, run.slug)) for run in runs],
    }
    return render(request, "people/admin/retention.html", context)


def in_words(found: Standing) -> dict[str, object]:
    return {
        "found": found,
        "rule": found.rule,
        "has_end": found.rule.due is not None,
        "kept_for": kept_for(found.length, found.rule.unit),
        "fate": FATE_WORDS[found.rule.fate],
    }


def rule_or_404(slug: str) -> Rule:
    rule = retention.rule_named(slug)
    if rule is None or rule.due is None:
        raise Http404
    return rule


@may_see
def rule_view(request: HttpRequest, slug: str) -> HttpResponse:
    """One rule: what it would touch today, for how long the group keeps it."""
    rule = rule_or_404(slug)
    return shown(request, rule, length_form(rule), ApplyRuleForm(count=0))


def length_form(rule: Rule) -> LengthForm:
    return LengthForm(rule=rule, initial={"number": length_of(rule)})


def shown(request: HttpRequest, rule: Rule, length: LengthForm, form: ApplyRuleForm) -> HttpResponse:
    today = timezone.localdate()
    context = {
        **in_words(standing(rule, today=today)),
        "title": rule.what,
        "some": some_due(rule, today=today, limit=SHOWN),
        "length": length,
        "form": form,
    }
    return render(request, "people/admin/retention_rule.html", context)


@require_POST
@may_apply
def length_view(request: HttpRequest, slug: str) -> HttpResponse:
    rule = rule_or_404(slug)
    form = LengthForm(request.POST, rule=rule)
    if not form.is_valid():
        return shown(request, rule, form, ApplyRuleForm(count=0))
    set_length(rule, form.length, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people:retention-rule", rule.slug)


@require_POST
@may_apply
def apply_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Take out what is over its time, once somebody typed how much that is."""
    rule = rule_or_404(slug)
    today = timezone.localdate()
    form = ApplyRuleForm(request.POST, count=standing(rule, today=today).count)
    if not form.is_valid():
        return shown(request, rule, length_form(rule), form)
    done = apply_rule(rule, today=today, by=request.user, seconds=SECONDS)
    messages.success(request, _("%(count)s are done.") % {"count": done})
    if standing(rule, today=today).count:
        messages.warning(request, _("There is more to do: it goes on when you do the same again."))
    return redirect("people:retention-rule", rule.slug)
