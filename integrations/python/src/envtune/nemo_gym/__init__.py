"""For NeMo Gym: the entry of a resources server (``app``), and rows of a data set (``rows``).

The server itself speaks Gym's protocol; nothing here stands between it and Gym's agents.
"""

from .rows import nemo_gym_rows

__all__ = ["nemo_gym_rows"]
