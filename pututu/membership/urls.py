"""Under which addresses do readers join, members see their own page, and staff keep memberships?"""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pututu.membership.views import (
    addresses,
    figures,
    gift_aid,
    gifts,
    joining,
    own_page,
    passkeys,
    signing_in,
    staff,
    staff_acts,
    staff_lists,
    staff_reminders,
)

localized_urlpatterns = [
    path(_("join/"), joining.join_page, name="join"),
    path(_("join/<uuid:uid>/"), joining.joined, name="joined"),
    path(_("me/"), own_page.me, name="me"),
    path(_("me/link/"), signing_in.ask, name="me-link"),
    path(_("me/link/sent/"), signing_in.sent, name="me-sent"),
    path(_("me/in/<str:token>/"), signing_in.come_in, name="me-in"),
    path(_("me/who/"), signing_in.choose, name="me-who"),
    path(_("me/out/"), signing_in.go_out, name="me-out"),
    path(_("me/details/"), own_page.details, name="me-details"),
    path(_("me/addresses/"), addresses.ask, name="me-addresses"),
    path(_("me/addresses/out/"), addresses.drop, name="me-address-out"),
    path(_("me/addresses/confirm/<str:token>/"), addresses.confirm, name="me-address"),
    path(_("me/gift-aid/"), gift_aid.gift_aid, name="me-gift-aid"),
    path(_("me/passkey/"), passkeys.come_in, name="me-passkey-in"),
    path(_("me/passkey/ask/"), passkeys.ask, name="me-passkey-ask"),
    path(_("me/passkeys/new/"), passkeys.ask_for_new, name="me-passkey-new"),
    path(_("me/passkeys/add/"), passkeys.add, name="me-passkey-add"),
    path(_("me/passkeys/<int:number>/"), passkeys.change, name="me-passkey"),
    path(_("me/mail/"), own_page.mail, name="me-mail"),
    path(_("me/data.json"), own_page.data, name="me-data"),
    path(_("me/payments/<uuid:uid>/"), own_page.payment, name="me-payment"),
    path(_("me/payments/<uuid:uid>/receipt.pdf"), own_page.receipt, name="me-receipt"),
    path(_("me/<uuid:uid>/renew/"), own_page.renew, name="me-renew"),
    path(_("me/gifts/<uuid:uid>/"), gifts.change, name="me-gift"),
    path(_("me/<uuid:uid>/by-itself/"), own_page.renewing, name="me-renewing"),
    path(_("me/<uuid:uid>/plan/"), own_page.plan, name="me-plan"),
    path(_("me/<uuid:uid>/method/"), own_page.method, name="me-method"),
    path(_("me/<uuid:uid>/household/"), own_page.household, name="me-household"),
    path(_("me/<uuid:uid>/stop-giving/"), own_page.stop_present, name="me-stop-giving"),
    path(_("me/<uuid:uid>/leave/"), own_page.leave, name="me-leave"),
]

app_name = "membership"
urlpatterns = [
    path("", staff_lists.list_view, name="list"),
    path("table.csv", staff_lists.csv_view, name="csv"),
    path("in-advance/", figures.in_advance, name="in-advance"),
    path("figures/", figures.figures, name="figures"),
    path("waiting/", staff_lists.waiting_view, name="waiting"),
    path("waiting/<uuid:uid>/give/", staff_acts.honour_view, name="honour"),
    path("reminders/", staff_reminders.reminders_view, name="reminders"),
    path("reminders/letters.pdf", staff_reminders.letters_view, name="letters"),
    path("reminders/labels.pdf", staff_reminders.labels_view, name="labels"),
    path("rules/", staff_lists.rules_view, name="rules"),
    path("add/<uuid:uid>/", staff_acts.apply_view, name="apply"),
    path("<uuid:uid>/", staff.membership_view, name="membership"),
    path("<uuid:uid>/end/", staff_acts.end_view, name="end"),
    path("<uuid:uid>/override/", staff_acts.override_view, name="override"),
    path("<uuid:uid>/grant/", staff_acts.grant_view, name="grant"),
    path("<uuid:uid>/plan/", staff_acts.plan_view, name="plan"),
    path("<uuid:uid>/people/", staff_acts.people_view, name="people"),
    path("decisions/<int:pk>/revoke/", staff_acts.revoke_view, name="revoke"),
]
