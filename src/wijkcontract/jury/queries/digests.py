"""The digest of an assessment: written in the chained log when points are given, recomputed by the nightly check.

It has a secret part (the nonce of the row), so that who reads the log cannot guess points before the lock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from wijkcontract.jury.models import Assessment


def digest_of(assessment: Assessment, points: Mapping[str, int]) -> str:
    """SHA-256 over who, what and how many points, by code of the criterion."""
    content = {
        "juror": str(assessment.juror_id),
        "proposal": str(assessment.proposal_id),
        "motivation": assessment.motivation,
        "nonce": assessment.nonce,
        "points": dict(sorted(points.items())),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
