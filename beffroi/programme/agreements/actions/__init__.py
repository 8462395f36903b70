"""The verbs of this room."""

from .sign_agreements import AgreementRecord, SignedAgreement, sign_agreements

__all__ = ["AgreementRecord", "SignedAgreement", "sign_agreements"]
