# System packages: which ones, which are missing, and how to get them on Debian and Ubuntu.
# shellcheck shell=bash

# Compilers (cmake for whisper.cpp), the web view, the tray's library, and sound for voicemail in the window.
BUILD_PACKAGES=(
  build-essential cmake pkg-config ca-certificates
  libwebkit2gtk-4.1-dev libayatana-appindicator3-dev
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good
)
# The window tests bring their own display, bus, keychain and notification server.
TEST_PACKAGES=(
  webkit2gtk-driver xvfb openbox python3-gi gir1.2-gtk-3.0 dbus libglib2.0-bin gnome-keyring dunst xdotool imagemagick
)

# require_packages build|test: installs what is missing.
require_packages() {
  local wanted=("${BUILD_PACKAGES[@]}")
  if [ "$1" = test ]; then wanted+=("${TEST_PACKAGES[@]}"); fi
  if ! has dpkg-query || ! has apt-get; then
    explain_other_linux
    return
  fi
  install_packages "for building Switchboard and its window" "${wanted[@]}"
}

# install_packages WHY PACKAGE...: installs those that are missing, and is silent when none is.
install_packages() {
  local why=$1 missing
  shift
  read -r -a missing <<<"$(missing_packages "$@")"
  if [ "${#missing[@]}" -eq 0 ]; then return; fi
  refresh_package_lists "${missing[*]}"
  say "Installing system packages $why: ${missing[*]}."
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=600 "${missing[@]}" ||
    fail "The system packages could not be installed." \
      "Is there a network connection, and room on the disk? Then run the same command again." \
      "This set-up knows Debian 12 and 13 and Ubuntu 22.04 and later; an older release lacks libwebkit2gtk-4.1-dev."
}

# Prints the packages of the list that are not installed, on one line.
missing_packages() {
  local installed
  installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    case "$installed" in *" installed:$package "*) ;; *) printf '%s ' "$package" ;; esac
  done
}

# refresh_package_lists FOR: once per run, as a new machine's lists are empty and an old one's point to files that are gone.
refresh_package_lists() {
  if [ -n "${PACKAGE_LISTS_REFRESHED:-}" ]; then return; fi
  can_be_root || fail "System packages are missing, and this user may not install them: $1" \
    "Have an administrator run: apt-get update && apt-get install --no-install-recommends $1"
  # An error of one mirror must not hide that the others answered: whether the packages can be had is seen on installing.
  quietly apt-update as_root apt-get update -o APT::Update::Error-Mode=any -o DPkg::Lock::Timeout=600 ||
    say "Some package lists could not be refreshed; going on with those at hand."
  PACKAGE_LISTS_REFRESHED=yes
}

# Whether as_root will work: as root, with sudo that asks nothing, or with sudo and somebody at the terminal to be asked.
can_be_root() {
  [ "$(id -u)" -eq 0 ] && return 0
  has sudo || return 1
  sudo -n true 2>/dev/null || [ -t 0 ]
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

has() { command -v "$1" >/dev/null 2>&1; }

# On other distributions it cannot install, but it can tell whether what matters is there.
explain_other_linux() {
  if has pkg-config && pkg-config --exists webkit2gtk-4.1 && has cc; then return; fi
  fail "This Linux has no apt-get, and WebKitGTK 4.1 or a C compiler was not found." \
    "Install with your distribution's tools: a C compiler, pkg-config, the development files of WebKitGTK 4.1" \
    "and of libayatana-appindicator3, and GStreamer's base and good plug-ins. Then run the same command again."
}
