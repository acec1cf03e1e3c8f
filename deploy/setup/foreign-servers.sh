#!/bin/sh
# Makes .venv/foreign: the OPC UA servers that we did not write, for the slow tests. node-opcua by npm, Eclipse Milo by
# Maven. Does nothing where that was done already for the same files.
set -eu
cd "$(dirname "$0")/../.."
from=tests/support/foreign
to=.venv/foreign

wanted=$(cat "$from"/*/* | cksum)
if [ -f "$to/ready" ] && [ "$(cat "$to/ready")" = "$wanted" ]; then exit 0; fi
sh deploy/setup/system-packages.sh nodejs npm openssl default-jdk-headless maven
rm -rf "$to"
mkdir -p "$to/milo/classes"

echo "set-up: node-opcua into $to"
cp -R "$from/node_opcua" "$to/node_opcua"
(cd "$to/node_opcua" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent)

echo "set-up: Eclipse Milo into $to"
mvn --quiet --batch-mode --file "$from/milo/pom.xml" dependency:copy-dependencies \
    -DoutputDirectory="$PWD/$to/milo/lib"
(cd "$to/milo/lib" && sha256sum --quiet --check --strict "$OLDPWD/$from/milo/SHA256SUMS")
if [ "$(find "$to/milo/lib" -name '*.jar' | wc -l)" -ne "$(wc -l < "$from/milo/SHA256SUMS")" ]; then
    echo "set-up: Maven brought another file than $from/milo/SHA256SUMS lists" >&2
    exit 1
fi
javac -nowarn -cp "$to/milo/lib/*" -d "$to/milo/classes" "$from/milo/WorksServer.java" 2> "$to/javac.log" || {
    cat "$to/javac.log" >&2
    exit 1
}
printf '%s' "$wanted" > "$to/ready"
