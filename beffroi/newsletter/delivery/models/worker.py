"""A running delivery, so that what a dead one had taken can be told from what a live one holds."""

from __future__ import annotations

import os
import socket
import uuid
from datetime import datetime, timedelta

from django.db import models

from .mailing import Mailing

# A process number is used again after a restart; this one is not.
_PROCESS = uuid.uuid4().hex
_HOST = socket.gethostname()[:200]


class Worker(models.Model):
    """One delivery at work on one mailing, alive until it ends, dies or its lease runs out."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="workers")
    host = models.CharField("machine", max_length=200)
    pid = models.PositiveIntegerField("processus")
    process = models.CharField("empreinte du processus", max_length=32)
    started_at = models.DateTimeField("commencé le")
    lease_until = models.DateTimeField("bail jusqu’au")
    ended_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "exécution d’envoi"
        verbose_name_plural = "exécutions d’envoi"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"

    @classmethod
    def enlist(cls, mailing: Mailing, *, at: datetime, lease: timedelta) -> Worker:
        """Sign this process in for a mailing."""
        return cls.objects.create(
            mailing=mailing,
            host=_HOST,
            pid=os.getpid(),
            process=_PROCESS,
            started_at=at,
            lease_until=at + lease,
        )

    def renew(self, *, at: datetime, lease: timedelta) -> None:
        """Say that the worker still lives; written at most four times per lease's last minute."""
        if self.lease_until - at < lease - timedelta(seconds=15):
            self.lease_until = at + lease
            self.save(update_fields=["lease_until"])

    def end(self, *, at: datetime) -> None:
        """Sign out."""
        self.ended_at = at
        self.save(update_fields=["ended_at"])

    def is_dead(self, *, at: datetime) -> bool:
        """True when what the worker holds may be taken over at the instant `at`."""
        if self.ended_at is not None or self.lease_until < at:
            return True
        if self.host != _HOST or self.process == _PROCESS:
            return False
        return self.pid == os.getpid() or not _is_running(self.pid)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
