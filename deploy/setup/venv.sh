#!/bin/sh
# Makes .venv with exactly the packages of a lock, and this project in it. Usage: deploy/setup/venv.sh run|dev
# Does nothing where that was done already for the same lock and pyproject.toml.
set -eu
cd "$(dirname "$0")/../.."
lock=$1
venv=.venv

wanted=$(cat "deploy/locks/$lock.txt" pyproject.toml | cksum)
for stamp in "$venv/ready-$lock" "$venv/ready-dev"; do
    # Everything of the lock for running is in the one for developing too.
    [ "$stamp" = "$venv/ready-dev" ] && [ "$lock" = run ] && wanted=$(cat deploy/locks/dev.txt pyproject.toml | cksum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
done
wanted=$(cat "deploy/locks/$lock.txt" pyproject.toml | cksum)

python=
for name in python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" > /dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2> /dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "set-up: no Python 3.11 to 3.13 was found; install one (Debian: apt-get install python3 python3-venv)" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2> /dev/null; then
    sh deploy/setup/system-packages.sh python3-venv
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
packages=$(grep -c == "deploy/locks/$lock.txt")
echo "set-up: packages of deploy/locks/$lock.txt into $venv ($("$venv/bin/python" --version))"
rm -f "$venv/failed"
{
    "$venv/bin/python" -m pip install --disable-pip-version-check --progress-bar off --require-hashes \
        -r "deploy/locks/$lock.txt" || touch "$venv/failed"
} | awk -v all="$packages" '
    /^(Collecting|Requirement already)/ { printf "\r  %d of %d", ++count, all; fflush() }
    /^Installing collected/ { printf ", installing"; fflush() }
    END { print "" }'
if [ -e "$venv/failed" ]; then
    echo "set-up: pip could not install the packages; its own words stand above" >&2
    exit 1
fi
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
printf '%s' "$wanted" > "$venv/ready-$lock"
