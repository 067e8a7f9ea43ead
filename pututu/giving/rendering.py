"""What is somebody told who pays without a provider?"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from pututu.giving.models import GivingSettings, Payment


def how_to_pay(payment: Payment, language: str) -> SafeString:
    """Return HTML that says how a pending payment is paid by its method: amount, reference and where it goes.

    The same as ``{% include "giving/how_to_pay.html" with payment=payment settings=settings only %}`` in that language.
    """
    with translation.override(language):
        return render_to_string(
            "giving/how_to_pay.html", {"payment": payment, "settings": GivingSettings.load()}
        )
