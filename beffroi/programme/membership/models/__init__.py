"""Programmes, the towns they help, and the project managers' posts that serve those towns."""

from .posts import (
    EmployerKind,
    PostFunding,
    PostHolder,
    PostVacancy,
    ProjectManagerPost,
    ServedTown,
)
from .programmes import Designation, Programme, TownGroup

__all__ = [
    "Designation",
    "EmployerKind",
    "PostFunding",
    "PostHolder",
    "PostVacancy",
    "Programme",
    "ProjectManagerPost",
    "ServedTown",
    "TownGroup",
]
