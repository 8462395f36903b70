"""What the skin adds to the desk."""

from wagtail.snippets.models import register_snippet

from beffroi.foundations.skin.desk import IdentityViewSet

register_snippet(IdentityViewSet)
