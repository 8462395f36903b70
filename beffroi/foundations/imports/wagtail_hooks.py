from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .desk import RefusedRowViewSet, refused_rows
from .models import RefusedRow
from .permissions import CorrectionQueuePolicy

register_permission_policy(RefusedRow, CorrectionQueuePolicy(RefusedRow), exact_class=True)


@hooks.register("register_admin_viewset")
def correction_queue() -> RefusedRowViewSet:
    return refused_rows
