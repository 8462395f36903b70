"""The verbs of this room."""

from .amend_agreement import AlreadyCovered, AmendmentExists, NotCovered, amend_agreement
from .attach_document import DocumentExists, attach_document
from .correct_agreement import (
    AgreementCorrection,
    SignedAfterAmendment,
    correct_agreement,
    end_agreement,
    name_parties,
)
from .sign_agreement import (
    AgreementExists,
    CoversNobody,
    OnlyFrameworksAreOrt,
    PartyRecord,
    PartyTwice,
    PartyUnnamed,
    sign_agreement,
)
from .sign_agreements import AgreementRecord, SignedAgreement, sign_agreements

__all__ = [
    "AgreementCorrection",
    "AgreementExists",
    "AgreementRecord",
    "AlreadyCovered",
    "AmendmentExists",
    "CoversNobody",
    "DocumentExists",
    "NotCovered",
    "OnlyFrameworksAreOrt",
    "PartyRecord",
    "PartyTwice",
    "PartyUnnamed",
    "SignedAfterAmendment",
    "SignedAgreement",
    "amend_agreement",
    "attach_document",
    "correct_agreement",
    "end_agreement",
    "name_parties",
    "sign_agreement",
    "sign_agreements",
]
