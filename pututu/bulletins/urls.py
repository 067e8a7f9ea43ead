"""Under which addresses do staff keep bulletins, and readers see issues and change what they get?

``urlpatterns`` are the staff screens; ``localized_urlpatterns`` belong under each language; ``root_urlpatterns`` stand
outside of them.
"""

from __future__ import annotations

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.views import (
    archive,
    as_reader,
    going,
    messages,
    readers,
    returned,
    subscribing,
    trust,
    writing,
)

app_name = "bulletins"
urlpatterns = [
    path("", writing.index, name="index"),
    path("series/<slug:slug>/", writing.series_view, name="series"),
    path("begin/<slug:slug>/", writing.begin, name="begin"),
    path("sender/", trust.sender, name="sender"),
    path("returned/", returned.returned_list, name="returned"),
    path("returned/<int:pk>/raw/", returned.raw, name="returned-raw"),
    path("returned/<int:pk>/settle/", returned.settle, name="returned-settle"),
    path("<uuid:uid>/", going.issue_view, name="issue"),
    path("<uuid:uid>/write/", writing.write, name="write"),
    path("<uuid:uid>/preview/<slug:language>/", writing.preview, name="preview"),
    path("<uuid:uid>/preview/<slug:language>/alone/", writing.mail_alone, name="mail-alone"),
    path("<uuid:uid>/as/", as_reader.choose, name="as-whom"),
    path("<uuid:uid>/as/<uuid:person>/", as_reader.show, name="as-reader"),
    path("<uuid:uid>/as/<uuid:person>/alone/", as_reader.alone, name="as-reader-alone"),
    path("<uuid:uid>/test/<slug:language>/", writing.test_mail, name="test"),
    path("<uuid:uid>/send/", going.send, name="send"),
    re_path(
        r"^(?P<uid>[0-9a-f-]{36})/act/(?P<name>approve|call-back|stop|go-on|give-up)/$", going.act, name="act"
    ),
    path("<uuid:uid>/mails/", going.deliveries, name="deliveries"),
    re_path(r"^mails/(?P<pk>\d+)/(?P<name>went|send-again|try-again)/$", going.decide, name="decide"),
]

localized_urlpatterns = [
    path(_("bulletins/"), subscribing.bulletins_page, name="bulletins"),
    path(_("bulletins/asked/"), subscribing.asked_page, name="bulletins-asked"),
    path(_("bulletins/<slug:slug>/<int:number>/"), archive.issue_page, name="bulletin-issue"),
    path(_("bulletins/choices/<str:token>/"), readers.choices, name="bulletin-choices"),
    path(_("bulletins/leave/<str:token>/"), readers.leave, name="bulletin-leave"),
]

root_urlpatterns = [
    path("mail/messages/<slug:provider>/", messages.provider_message, name="mail-messages"),
    path("bulletins/leave/<str:token>", readers.one_click, name="bulletin-one-click"),
]
