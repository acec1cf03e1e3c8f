#!/bin/sh
# Makes .venv/foreign: the servers that we did not write, for the slow tests. node-opcua and an edge node of Sparkplug by
# npm, Eclipse Milo and Kafka by Maven; Firebird is a package of the system. Does nothing where that was done already for the same files.
set -eu
cd "$(dirname "$0")/../.."
from=tests/support/foreign
to=.venv/foreign

wanted=$(cat "$from"/*/* | cksum)
if [ -f "$to/ready" ] && [ "$(cat "$to/ready")" = "$wanted" ]; then exit 0; fi
sh deploy/setup/system-packages.sh nodejs npm openssl default-jdk-headless maven firebird3.0-server
rm -rf "$to"
mkdir -p "$to/milo/classes"

for name in node_opcua sparkplug; do
    echo "set-up: $name into $to"
    cp -R "$from/$name" "$to/$name"
    (cd "$to/$name" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent)
done
for name in milo kafka; do
    echo "set-up: $name into $to"
    mvn --quiet --batch-mode --file "$from/$name/pom.xml" dependency:copy-dependencies \
        -DoutputDirectory="$PWD/$to/$name/lib"
    (cd "$to/$name/lib" && sha256sum --quiet --check --strict "$OLDPWD/$from/$name/SHA256SUMS")
    if [ "$(find "$to/$name/lib" -name '*.jar' | wc -l)" -ne "$(wc -l < "$from/$name/SHA256SUMS")" ]; then
        echo "set-up: Maven brought another file than $from/$name/SHA256SUMS lists" >&2
        exit 1
    fi
done
javac -nowarn -cp "$to/milo/lib/*" -d "$to/milo/classes" "$from/milo/WorksServer.java" 2> "$to/javac.log" || {
    cat "$to/javac.log" >&2
    exit 1
}
printf '%s' "$wanted" > "$to/ready"
