"""What money came, for what, and how was it known?"""

from pututu.giving.models.desk import BankAccount, KnownPayer, LineUse, Statement, StatementLine, Upload
from pututu.giving.models.gift_aid import Claim, ClaimLine, Declaration, GiftAidSettings
from pututu.giving.models.ledger import Fund, LedgerRecord, Method, Payment, Purpose, Refund, Share
from pututu.giving.models.mandate import Collection, Mandate
from pututu.giving.models.particulars import GivingSettings
from pututu.giving.models.provider import DemonstrationMandate, DemonstrationPayment, ProviderEvent
from pututu.giving.models.regular import Pledge, RegularGift

__all__ = [
    "BankAccount",
    "Claim",
    "ClaimLine",
    "Collection",
    "Declaration",
    "DemonstrationMandate",
    "DemonstrationPayment",
    "Fund",
    "GiftAidSettings",
    "GivingSettings",
    "KnownPayer",
    "LedgerRecord",
    "LineUse",
    "Mandate",
    "Method",
    "Payment",
    "Pledge",
    "ProviderEvent",
    "Purpose",
    "Refund",
    "RegularGift",
    "Share",
    "Statement",
    "StatementLine",
    "Upload",
]
