"""Under which addresses, in each language, do readers join and members see their own page?"""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pututu.membership.views import joining, own_page, signing_in

urlpatterns = [
    path(_("join/"), joining.join_page, name="join"),
    path(_("join/<uuid:uid>/"), joining.joined, name="joined"),
    path(_("me/"), own_page.me, name="me"),
    path(_("me/link/"), signing_in.ask, name="me-link"),
    path(_("me/link/sent/"), signing_in.sent, name="me-sent"),
    path(_("me/in/<str:token>/"), signing_in.come_in, name="me-in"),
    path(_("me/who/"), signing_in.choose, name="me-who"),
    path(_("me/out/"), signing_in.go_out, name="me-out"),
    path(_("me/details/"), own_page.details, name="me-details"),
    path(_("me/mail/"), own_page.mail, name="me-mail"),
    path(_("me/data.json"), own_page.data, name="me-data"),
    path(_("me/payments/<uuid:uid>/"), own_page.payment, name="me-payment"),
    path(_("me/<uuid:uid>/renew/"), own_page.renew, name="me-renew"),
    path(_("me/<uuid:uid>/method/"), own_page.method, name="me-method"),
    path(_("me/<uuid:uid>/household/"), own_page.household, name="me-household"),
    path(_("me/<uuid:uid>/leave/"), own_page.leave, name="me-leave"),
]
