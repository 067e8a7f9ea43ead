"""How often may somebody join, or ask for a link?"""

from __future__ import annotations

from pututu.people.services.limits import HOUR, Limit

JOINS_FROM_ONE_PLACE = Limit("join-ip", 30, HOUR)
JOINS_OF_ONE_ADDRESS = Limit("join-email", 6, 24 * HOUR)
LINKS_FROM_ONE_PLACE = Limit("link-ip", 30, HOUR)
LINKS_TO_ONE_ADDRESS = Limit("link-email", 5, HOUR)
ADDRESSES_OF_ONE_PERSON = Limit("address-person", 6, 24 * HOUR)
PASSKEYS_FROM_ONE_PLACE = Limit("passkey-ip", 60, HOUR)
TOKENS_FROM_ONE_PLACE = Limit("token-ip", 60, HOUR)
