"""What the pages' templates read, under the names of the queries."""

from django import template

from beffroi.website import queries

register = template.Library()
register.simple_tag(queries.latest_issue)
register.simple_tag(queries.site_tree)
