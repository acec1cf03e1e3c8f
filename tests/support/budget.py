"""How many examples a property test tries: as many as it names by default, ten times as many in the profile ci-long.

`HYPOTHESIS_PROFILE=ci-long` chooses the other one; `make test-all` does. No example has a deadline: machines
are shared, and the test as a whole has its own limit.
"""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
TIMES = {"default": 1, "ci-long": 10}
HYPOTHESIS_DEFAULT = 100

for name, times in TIMES.items():
    settings.register_profile(name, deadline=None, max_examples=HYPOTHESIS_DEFAULT * times)
settings.load_profile(PROFILE)


def examples(usual: int) -> int:
    """The examples of a test that tries `usual` by default: more where one is cheap, fewer where each takes a file."""
    return usual * TIMES[PROFILE]
