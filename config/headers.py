"""Response headers: the site's policy is strict; only the desk gets what Wagtail needs."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

DESK = "/bureau/"


class ContentSecurityPolicy(CSPMiddleware):  # type: ignore[misc]
    """The site's policy, loosened on the desk alone, whose editor writes inline scripts."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Loosen the desk's own pages and its previews, then let django-csp write the header."""
        # A preview is answered to a stand-in request at the page's own address, and shown framed.
        is_preview = getattr(request, "is_dummy", False)
        is_desk = is_preview or request.path.startswith(DESK)
        # A view that asks for a stricter policy of its own keeps it.
        if is_desk and not hasattr(response, "_csp_replace"):
            response._csp_replace = {  # type: ignore[attr-defined]  # noqa: SLF001
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
                "frame-ancestors": [SELF],
            }
        return super().process_response(request, response)
