"""What can be done to the official geography."""

from .compare_states import Difference
from .import_centrality import CentralityReport, import_centrality
from .import_centres import CentresReport, import_centres
from .import_cog import CogReport, import_cog

__all__ = [
    "CentralityReport",
    "CentresReport",
    "CogReport",
    "Difference",
    "import_centrality",
    "import_centres",
    "import_cog",
]
