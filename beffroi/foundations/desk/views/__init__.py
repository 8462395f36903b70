"""The desk's pages on rows of the register, each bounded by the reach of the person."""

from .act import ActView
from .bulk import BulkUndoView, BulkView
from .edition import AdditionView, CorrectionView, RemovalView
from .listing import RegisterIndex
from .sheet import HistoryView, SheetView

__all__ = [
    "ActView",
    "AdditionView",
    "BulkUndoView",
    "BulkView",
    "CorrectionView",
    "HistoryView",
    "RegisterIndex",
    "RemovalView",
    "SheetView",
]
