"""Django's settings for the tests: the product's own, read with the environment of a test when nobody set another."""

import os
import tempfile

os.environ.setdefault("WIJKCONTRACT_ENV", "test")
os.environ.setdefault("WIJKCONTRACT_DEMO", "1")
os.environ.setdefault("WIJKCONTRACT_DATA", tempfile.mkdtemp(prefix="wijkcontract-test-"))

from wijkcontract.config.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns when it is absent, and a warning is an error
