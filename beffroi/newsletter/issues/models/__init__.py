"""The letter, its issues, and who approved them."""

from beffroi.newsletter.issues.models.approvals import Approval
from beffroi.newsletter.issues.models.pages import IssuePage, NewsletterPage

__all__ = ["Approval", "IssuePage", "NewsletterPage"]
