"""The alerts of an area on a day, and what was decided about them."""

from .alerts import alerts_for, every_alert
from .names import department_names
from .reading import Reading, read_register

__all__ = ["Reading", "alerts_for", "department_names", "every_alert", "read_register"]
