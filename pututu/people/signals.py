"""What may other apps hear of somebody's word, and of two records that become one?

All are sent inside the transaction that writes it down: whoever acts on them acts together with it or not at all.
"""

from django.dispatch import Signal

consent_given = Signal()  # ``record``: somebody agreed, in whatever way (``models.ConsentRecord``)
consent_confirmed = (
    Signal()
)  # ``asked``: the rows by which they were asked by mail, after all was written down
people_merged = Signal()  # ``kept`` and ``other``, after whatever could move has moved to ``kept``
