#!/bin/sh
# Makes the locks anew from pyproject.toml, with Python 3.11, the oldest that is supported: what it needs, newer ones
# have or can do without. The lock files name packages, versions and hashes, and no index.
set -eu
cd "$(dirname "$0")/../.."
venv=.venv
"$venv/bin/python" -m pip install --quiet pip-tools
for lock in run dev; do
    extras="--extra build"
    [ "$lock" = dev ] && extras="$extras --extra dev"
    # shellcheck disable=SC2086 # two words each, on purpose
    "$venv/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        $extras --output-file "deploy/locks/$lock.txt" pyproject.toml
    echo "deploy/locks/$lock.txt: $(grep -c == "deploy/locks/$lock.txt") packages"
done
