#!/bin/sh
# Makes this checkout ready to run: a .venv with the pinned packages, and the system
# libraries that are missing. The Makefile calls it once for each version of the lock.
#
#   tools/set-up.sh site    what `stepwell build` needs
#   tools/set-up.sh test    the tests' own packages, Chromium, a Chinese font, poppler, gettext, and
#                           the Nu HTML checker with Java, on top of that
#
# Only apt, brew and the package registry are used. A missing system library is said and
# passed over, for the website needs none; a missing Python or package ends it with 1.
set -eu
cd "$(dirname "$0")/.."
goal=${1:?site or test}
log=.venv/set-up.log

say() { printf 'set-up: %s\n' "$*"; }

fail() {
    printf 'set-up: %s\n' "$@" >&2
    exit 1
}

# Runs a command with its output in the log; shows the end of it if the command fails.
logged() {
    "$@" >>"$log" 2>&1 </dev/null && return
    tail -n 20 "$log" >&2
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 "$@" \
        </dev/null >>"${apt_log:-$log}" 2>&1
}

# The lists of packages may be absent (images of containers) or stale: then fetched, once.
apt_install() {
    apt_get install --no-install-recommends "$@" && return
    apt_get update && apt_get install --no-install-recommends "$@"
}

# install WHY APT-PACKAGES BREW-PACKAGES: 0 if a package manager installed them.
install() {
    if command -v apt-get >/dev/null; then
        say "installing $2 ($1)"
        # shellcheck disable=SC2086  # one word a package
        apt_install $2 && return
        say "could not install it. Type: sudo apt-get update && sudo apt-get install $2"
    elif command -v brew >/dev/null; then
        say "installing $3 ($1)"
        # shellcheck disable=SC2086
        logged brew install --quiet $3 && return
        say "could not install it. Type: brew install $3"
    else
        say "please install $3 with the package manager of this system (in Debian: $2; $1)"
    fi
    return 1
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Debian keeps what makes an environment in a package of its own.
ensure_venv_module() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    apt_log=$(mktemp)
    install "it makes .venv" "$version" python || tail -n 5 "$apt_log" >&2
    rm -f "$apt_log"
    unset apt_log
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python can't make an environment: ensurepip is missing. Install $version."
}

# A .venv that was moved, copied or outlived its Python is made again.
ensure_venv() {
    if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        grep -qF " $PWD/.venv" .venv/pyvenv.cfg; then
        return
    fi
    python=$(find_python) || fail \
        "Python 3.11 or newer is needed; python3 is $(python3 --version 2>&1 || true)." \
        "Debian, Ubuntu: sudo apt-get install python3 python3-venv. macOS: brew install python."
    ensure_venv_module
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv </dev/null || fail "could not make .venv"
}

# pip_install ARGUMENTS: nothing is built from source, asked for or looked up newer.
pip_install() {
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        logged .venv/bin/python -m pip install --no-input --progress-bar off "$@" ||
        fail "a package could not be installed; all of pip's output is in $log"
}

install_locked() {
    say "installing $(grep -c '==' "requirements/$1.txt") pinned packages (at first 1-2 minutes)"
    pip_install --require-hashes --only-binary :all: -r "requirements/$1.txt"
}

missing_library() {
    PYTHONPATH=generator .venv/bin/python -c "
from stepwell.write.pango import probe
print(*sorted({library.$1 for library in probe()}))"
}

install_libraries() {
    apt=$(missing_library apt)
    [ -z "$apt" ] || install "for PDFs" "$apt" "$(missing_library brew)" ||
        say "going on without: 'stepwell doctor' tells what that costs"
}

# The Nu HTML checker comes as a package of npm; its jar is known by its hash.
vnu_version=26.9.27
vnu_hash=22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47

is_vnu() {
    [ -f "$1" ] && [ "$(.venv/bin/python -c 'import hashlib, sys
print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1")" = "$vnu_hash" ]
}

ensure_html_checker() {
    is_vnu .venv/vnu.jar && command -v java >/dev/null && return
    command -v java >/dev/null ||
        install "tests check HTML" default-jre-headless openjdk || return 1
    command -v npm >/dev/null || install "tests check HTML" npm node || return 1
    folder=$(mktemp -d)
    say "installing the Nu HTML checker $vnu_version (tests check HTML)"
    logged npm install --prefix "$folder" --no-audit --no-fund --ignore-scripts \
        "vnu-jar@$vnu_version" || return 1
    is_vnu "$folder/node_modules/vnu-jar/build/dist/vnu.jar" || return 1
    mv "$folder/node_modules/vnu-jar/build/dist/vnu.jar" .venv/vnu.jar
    rm -rf "$folder"
}

# `chromium` is a real package in Debian; in Ubuntu it may need snapd and fail.
install_test_programs() {
    command -v pdftoppm >/dev/null || install "tests look at PDFs" poppler-utils poppler ||
        say "going on without"
    command -v msgfmt >/dev/null || install "tests let GNU gettext read catalogs" gettext gettext ||
        say "going on without"
    ensure_html_checker || say "going on without the HTML checker"
    [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || [ "$(uname)" = Darwin ] ||
        install "tests look at Chinese pages" "fontconfig fonts-wqy-microhei" "" ||
        say "going on without"
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        ! command -v "$name" >/dev/null || return 0
    done
    [ ! -d "/Applications/Google Chrome.app" ] && [ ! -d /Applications/Chromium.app ] || return 0
    install "tests look at pages" chromium "--cask chromium" || say "going on without"
}

ensure_venv
case $goal in
site)
    install_locked runtime
    pip_install --no-deps --no-build-isolation -e .
    install_libraries
    ;;
test)
    install_locked dev
    install_test_programs
    ;;
*) fail "no such goal: $goal" ;;
esac
say "ready for make $goal"
