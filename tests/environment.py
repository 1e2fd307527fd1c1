"""Django's settings for the tests: the product's own, read with the environment of a test when nobody set another."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="wijkcontract-test-")  # removed when the tests end
os.environ.setdefault("WIJKCONTRACT_ENV", "test")
os.environ.setdefault("WIJKCONTRACT_DEMO", "1")
os.environ.setdefault("WIJKCONTRACT_DATA", _folder.name)

from wijkcontract.config.settings import *  # noqa: E402, F403 - after the environment is set

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns when it is absent, and a warning is an error
