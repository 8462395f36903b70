"""How people sign in at the desk."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.auth import LoginForm


class DeskLoginForm(LoginForm):
    """Wagtail's form, whose labels are half translated, and which browsers cannot fill in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mot de passe"
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"
