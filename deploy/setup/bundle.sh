#!/bin/sh
# Makes dist/tundish-VERSION-bundle.tar.gz for a plant without internet: every wheel with its hash, what is in it
# (SBOM), under which licences (notices), checksums, and the script that installs it.
# The wheels are for this machine's processor and this Python (named in the bundle).
set -eu
cd "$(dirname "$0")/../.."
venv=.venv
python="$venv/bin/python"
version=$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
name="tundish-$version-bundle"
folder="dist/$name"
rm -rf "$folder" "dist/$name.tar.gz"
mkdir -p "$folder/wheels" "$folder/deploy"

echo "bundle: wheels of deploy/locks/run.txt"
"$python" -m pip wheel --quiet --disable-pip-version-check --require-hashes --no-deps \
    -r deploy/locks/run.txt --wheel-dir "$folder/wheels"
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation . --wheel-dir "$folder/wheels"

echo "bundle: SBOM and notices"
rm -rf dist/bundle-venv
"$python" -m venv dist/bundle-venv
dist/bundle-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links "$folder/wheels" tundish
"$venv/bin/cyclonedx-py" environment --output-reproducible --output-file "$folder/sbom.cdx.json" dist/bundle-venv/bin/python
"$venv/bin/pip-licenses" --python dist/bundle-venv/bin/python --with-license-file --no-license-path --format=plain-vertical \
    --output-file "$folder/THIRD_PARTY_NOTICES.txt" > /dev/null
rm -rf dist/bundle-venv

cp LICENSE README.md CHANGELOG.md "$folder/"
cp -R docs "$folder/docs"
cp -R deploy/plant.yaml deploy/systemd deploy/grafana "$folder/deploy/"
cp deploy/setup/install.sh "$folder/install.sh"
"$python" -c 'import platform, sys; print(f"Python {sys.version_info[0]}.{sys.version_info[1]}, {platform.system()} {platform.machine()}")' \
    > "$folder/MADE_FOR.txt"
(cd "$folder" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
tar -C dist --sort=name --owner=0 --group=0 --numeric-owner -czf "dist/$name.tar.gz" "$name"
(cd dist && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
echo "bundle: dist/$name.tar.gz, $(du -h "dist/$name.tar.gz" | cut -f1), $(find "$folder/wheels" -name '*.whl' | wc -l) wheels"
