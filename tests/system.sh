#!/usr/bin/env bash
# Finds, or installs with apt, what the tests need from the system: PostgreSQL 15 and Chromium.
set -u

install() {
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        echo "Installation de $1…"
        apt-get update -qq >/dev/null 2>&1
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null 2>&1
    fi
}

find_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }
find_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }

find_postgresql || install postgresql
find_chromium || install chromium

missing=0
find_postgresql || { echo "Introuvable : le serveur PostgreSQL 15 ou plus récent (paquet « postgresql »)." >&2; missing=1; }
find_chromium || { echo "Introuvable : le navigateur Chromium (paquet « chromium »)." >&2; missing=1; }
exit $missing
