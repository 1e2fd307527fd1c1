"""A task of the overview with its day: what every source answers with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from wijkcontract.web.components.parts import Task


@dataclass(frozen=True, slots=True)
class Due:
    """A task and the day on which it must be done; without a day it comes last."""

    task: Task
    on: dt.date | None = None
