#!/bin/sh
# Installs Tundish from this bundle, without any network: sh install.sh [FOLDER], by default /opt/tundish.
# Checks every file against SHA256SUMS first, and changes nothing where one differs.
set -eu
cd "$(dirname "$0")"
target=${1:-/opt/tundish}

sha256sum --quiet --check SHA256SUMS || {
    echo "install: a file is not as it was packed; fetch the bundle again" >&2
    exit 1
}
wanted=$(sed 's/^Python \([0-9.]*\).*/\1/' MADE_FOR.txt)
python=
for name in "python$wanted" python3 python; do
    if command -v "$name" > /dev/null 2>&1 &&
        [ "$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "$wanted" ]; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "install: this bundle is made for $(cat MADE_FOR.txt), and no Python $wanted was found; install it first" >&2
    exit 1
fi
if [ -e "$target" ] && [ ! -x "$target/bin/tundish" ]; then
    echo "install: $target exists and is no Tundish; name another folder" >&2
    exit 1
fi
"$python" -m venv --clear "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels tundish
"$target/bin/tundish" --version
echo "install: done. Next: put plant.yaml into /etc/tundish (an example: deploy/plant.yaml), then deploy/systemd"
