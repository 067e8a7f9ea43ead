"""How often may somebody ask for bulletins?"""

from __future__ import annotations

from pututu.people.services.limits import HOUR, Limit

ASKED_FROM_ONE_PLACE = Limit("bulletins-ip", 30, HOUR)
ASKED_FOR_ONE_ADDRESS = Limit("bulletins-email", 6, 24 * HOUR)
