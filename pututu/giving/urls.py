"""Under which addresses does money stand?

``urlpatterns`` are the staff screens; ``localized_urlpatterns`` belong under each language; ``root_urlpatterns`` stand
outside of them.
"""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from pututu.giving.views import (
    checkout,
    events,
    gift_aid,
    gifts,
    lines,
    payments,
    regular,
    statements,
    together,
    yearend,
)

app_name = "giving"
urlpatterns = [
    path("money/payments/", payments.payments, name="payments"),
    path("money/payments/take/", payments.take, name="take"),
    path("money/payments/<int:payment_id>/", payments.payment, name="payment"),
    path("money/payments/<int:payment_id>/receipt.pdf", payments.receipt, name="receipt"),
    path("money/payments/<int:payment_id>/assign/", payments.assign, name="assign"),
    path("money/payments/<int:payment_id>/give-up/", payments.give_up, name="give-up"),
    path("money/payments/<int:payment_id>/refund/", payments.refund, name="refund"),
    re_path(
        r"^money/refunds/(?P<refund_id>\d+)/(?P<act>done|failed)/$",
        payments.settle_refund,
        name="settle-refund",
    ),
    path("money/regular/", regular.gifts, name="regular-gifts"),
    path("money/regular/<uuid:uid>/", regular.gift, name="regular-gift"),
    path("money/regular/<uuid:uid>/end/", regular.end, name="end-regular-gift"),
    path("money/year/", yearend.year, name="year"),
    path("money/messages/", events.events, name="events"),
    path("money/messages/reconcile/", events.reconcile_now, name="reconcile"),
    path("money/messages/<int:event_id>/again/", events.replay, name="replay"),
    path("money/statements/", statements.statements, name="statements"),
    path("money/statements/columns/<int:upload_id>/", statements.columns, name="columns"),
    path("money/statements/<int:statement_id>/", statements.statement, name="statement"),
    path("money/lines/", lines.lines, name="lines"),
    path("money/lines/together/", together.together, name="together"),
    path("money/lines/together/done/", together.done, name="together-done"),
    path("money/lines/<int:line_id>/", lines.line, name="line"),
    path("money/lines/<int:line_id>/book/", lines.book, name="book"),
    path("money/lines/<int:line_id>/aside/", lines.aside, name="aside"),
    path("money/lines/<int:line_id>/again/", lines.again, name="again"),
    path("money/uses/<int:use_id>/undo/", lines.undo, name="undo"),
    path("money/gift-aid/", gift_aid.overview, name="gift-aid"),
    path("money/gift-aid/claim/", gift_aid.claim_now, name="claim-now"),
    path("money/gift-aid/not/<slug:reason>/", gift_aid.unclaimable, name="unclaimable"),
    path("money/gift-aid/claims/<int:claim_id>/", gift_aid.claim_view, name="claim"),
    re_path(
        r"^money/gift-aid/claims/(?P<claim_id>\d+)/schedule-(?P<part>\d+)\.(?P<form>csv|ods)$",
        gift_aid.schedule_file,
        name="schedule",
    ),
    path("money/gift-aid/claims/<int:claim_id>/hand-in/", gift_aid.hand_in_claim, name="hand-in"),
    path("money/gift-aid/claims/<int:claim_id>/withdraw/", gift_aid.withdraw, name="withdraw"),
    path("money/gift-aid/people/<uuid:uid>/", gift_aid.declarations, name="declarations"),
    path("money/gift-aid/declarations/<int:declaration_id>/close/", gift_aid.close, name="close-declaration"),
    path("money/payers/<int:known_id>/forget/", lines.forget, name="forget"),
]

localized_urlpatterns = [
    path(_("give/"), gifts.give_page, name="give"),
    path(_("give/<uuid:key>/"), gifts.given, name="given"),
    path("pay/demonstration/<slug:reference>/", checkout.demonstration, name="demonstration-checkout"),
]

root_urlpatterns = [
    path("payments/messages/<slug:slug>/", checkout.messages_of, name="provider-messages"),
]
