#!/bin/sh
# Installs Debian packages that are missing, as root or through sudo; elsewhere names them and goes on: what needs them
# fails and says so. Usage: deploy/setup/system-packages.sh PACKAGE...
set -eu

missing=
for package in "$@"; do
    case $package in
        influxdb) program=influxd ;;
        systemd) program=systemd-analyze ;;
        iproute2) program=ip ;;
        postgresql) program=psql ;;
        nodejs) program=node ;;
        default-jdk-headless) program=javac ;;
        maven) program=mvn ;;
        firebird3.0-server) program=isql-fb ;;
        python3-venv) program= ;;
        *) program=$package ;;
    esac
    if [ -z "$program" ] || ! command -v "$program" > /dev/null 2>&1; then missing="$missing $package"; fi
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get > /dev/null 2>&1; then
    echo "set-up: this system has no apt-get; install by its own means:$missing" >&2
    exit 0
fi
sudo=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null 2>&1; then
        echo "set-up: neither root nor sudo; have somebody run: apt-get install$missing" >&2
        exit 0
    fi
    sudo=sudo
fi
echo "set-up: system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$sudo apt-get install -y -qq --no-install-recommends $missing > /dev/null
# The tests start servers of their own; a service that a package would leave running is not wanted.
for service in influxdb postgresql prometheus mosquitto firebird3.0; do
    case $missing in
        *$service*)
            if [ -d /run/systemd/system ]; then $sudo systemctl disable --quiet --now $service || true; fi
            ;;
    esac
done
