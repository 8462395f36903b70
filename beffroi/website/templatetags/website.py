"""What the pages' templates read, under the names of the queries."""

from django import template
from wagtail.rich_text import get_text_for_indexing

from beffroi.website import queries

register = template.Library()
register.simple_tag(queries.latest_issue)
register.simple_tag(queries.latest_report)
register.simple_tag(queries.site_tree)
# Unlike `striptags`, it keeps a space between two paragraphs.
register.filter("plain", get_text_for_indexing)
