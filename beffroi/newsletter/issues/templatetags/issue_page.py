"""What the letter's pages read: the issue's content and its neighbours, and its previews."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from beffroi.newsletter.issues.content import IssueContent, read_content
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.queries import Neighbours, find_neighbours
from beffroi.newsletter.issues.rendering import RenderedIssue, render_issue

register = template.Library()


@register.simple_tag
def read_letter(issue: IssuePage) -> IssueContent:
    """The issue's content."""
    return read_content(issue, site_url=settings.BEFFROI_SITE_URL)


@register.simple_tag
def read_neighbours(issue: IssuePage) -> Neighbours:
    """The published issues before and after this one."""
    return find_neighbours(issue)


@register.simple_tag
def read_mail(issue: IssuePage) -> RenderedIssue:
    """The issue as a mail, with what its editors still have to repair."""
    return render_issue(issue, site_url=settings.BEFFROI_SITE_URL, with_warnings=True)


@register.filter
def whole_document(html: str) -> SafeString:
    """The mail's HTML as it is sent: every word of an editor is already escaped in it."""
    return mark_safe(html)
