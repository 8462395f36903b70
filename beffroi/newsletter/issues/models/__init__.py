"""The letter and its issues."""

from beffroi.newsletter.issues.models.pages import IssuePage, NewsletterPage

__all__ = ["IssuePage", "NewsletterPage"]
