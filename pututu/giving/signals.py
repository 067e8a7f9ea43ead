"""What may other apps hear of money?

All three are sent inside the transaction that writes the ledger: whoever acts on them, acts together with it or not at
all. Each carries ``payment`` (``giving.models.Payment``), and is sent once for each change of state.
"""

from django.dispatch import Signal

payment_confirmed = Signal()  # the money was seen; its shares say what it is for
mandate_given = Signal()  # also ``mandate`` (``giving.models.Mandate``): the payer let us take money again
payment_failed = Signal()  # it will not come: declined, cancelled, expired
payment_reversed = (
    Signal()
)  # it came and went back, wholly or in part; also ``refund`` (``giving.models.Refund``)
shares_changed = Signal()  # what a confirmed payment is for was written otherwise
