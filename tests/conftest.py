"""In CI the property tests draw the same examples on every run; elsewhere they keep looking."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
