"""The alerts of an area on a day, and what was decided about them."""

from .alerts import alerts_for, every_alert
from .reading import Reading, read_register

__all__ = ["Reading", "alerts_for", "every_alert", "read_register"]
