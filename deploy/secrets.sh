#!/bin/sh
# Makes what deploy/compose.yaml reads as secrets, each a random one in a file of its own. Files that exist stay.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
for name in influxdb_password influxdb_admin grafana_admin; do
    if [ ! -s "secrets/$name" ]; then
        LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 40 > "secrets/$name"
        echo "made deploy/secrets/$name"
    fi
done
# Containers run as users of their own and have to read them; the folder above lets nobody else in.
chmod 644 secrets/*
chmod 700 secrets
