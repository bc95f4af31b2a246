# Rust, and the standard library for WebAssembly that the front end is built with.
# shellcheck shell=bash

# The oldest Rust that builds the workspace: rust-version in Cargo.toml.
RUST_NEEDED=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "$(dirname "${BASH_SOURCE[0]}")/../../Cargo.toml" | head -n 1)
# A complete toolchain of Debian's packages in a private folder (see debian_toolchain). The Makefile has its bin/ last in
# PATH, so it counts only where there is no other Rust; xtask builds the front end with it where the other Rust lacks wasm32.
DEBIAN_RUST="${XDG_CACHE_HOME:-$HOME/.cache}/switchboard/rust-debian"
WASM=wasm32-unknown-unknown

export PATH="$HOME/.cargo/bin:$PATH:$DEBIAN_RUST/bin"

# A Rust that is there is used as it is; a missing one is installed by the distribution's means.
require_rust() {
  if has cargo && cargo --version >/dev/null 2>&1; then
    local found
    found=$(cargo --version | cut -d ' ' -f 2)
    at_least "$found" "$RUST_NEEDED" && return
    fail "Rust $found is too old: Switchboard needs $RUST_NEEDED or later." \
      "With rustup: rustup update stable. Otherwise remove the distribution's cargo and run the same command again."
  fi
  has apt-get || fail "Rust was not found." "Install it with rustup (https://rustup.rs), then run the same command again."
  refresh_package_lists "rustup"
  if [ -n "$(candidate rustup)" ] && [ "${SWITCHBOARD_WASM_STD:-}" != debian ]; then
    install_packages "for Rust" rustup
    say "Installing the stable Rust toolchain with rustup."
    quietly rustup rustup default stable || fail "rustup could not download Rust." "Is there a network connection?"
  elif debian_has_new_rust; then
    install_packages "that Debian's cargo is linked with" libcurl4 "$(dependency cargo-web libgit2)" libssh2-1 libsqlite3-0
    debian_toolchain
  else
    fail "Rust was not found, and this release has none that is new enough ($RUST_NEEDED)." \
      "Install it with rustup (https://rustup.rs), then run the same command again."
  fi
}

# Either the Rust in use has the WebAssembly standard library, or the private folder has.
require_wasm_std() {
  if [ -d "$(rustc --print target-libdir --target "$WASM" 2>/dev/null)" ] || [ -e "$DEBIAN_RUST/complete" ]; then return; fi
  if [ "${SWITCHBOARD_WASM_STD:-rustup}" = debian ]; then
    refresh_package_lists "rustc-web"
    debian_has_new_rust || fail "This release has no rustc-web package of Rust $RUST_NEEDED or later." \
      "Unset SWITCHBOARD_WASM_STD, and rustup will be used."
    debian_toolchain
  elif has rustup; then
    say "Adding the WebAssembly target to Rust with rustup."
    quietly rustup-target rustup target add "$WASM" ||
      fail "rustup could not download the WebAssembly target." "Is there a network connection?" \
        "On Debian 12, SWITCHBOARD_WASM_STD=debian takes it from Debian's packages instead."
  else
    fail "This Rust lacks the WebAssembly standard library, and there is no rustup to add it." \
      "Install the distribution's package for the target $WASM, or Rust with rustup (https://rustup.rs)."
  fi
}

# rustfmt and clippy, which a minimal rustup profile lacks.
require_rust_checkers() {
  local tool
  for tool in rustfmt clippy; do
    if cargo "${tool/rustfmt/fmt}" --version >/dev/null 2>&1; then continue; fi
    has rustup || fail "cargo ${tool/rustfmt/fmt} was not found." "Install your distribution's $tool package."
    say "Adding $tool to Rust with rustup."
    quietly "rustup-$tool" rustup component add "$tool" || fail "rustup could not download $tool." "Is there a network connection?"
  done
}

at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Prints the version apt would install, or nothing.
candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([^(].*\)$/\1/p'; }

# dependency PACKAGE PREFIX: prints the name of the dependency that begins so (names carry versions: libgit2-1.5).
dependency() {
  apt-cache show --no-all-versions "$1" | sed -n 's/^Depends: //p' | tr ',' '\n' | sed 's/^ *//; s/ .*//' | grep "^$2" | head -n 1
}

# Debian keeps a current Rust (rustc-web) in its stable releases for building browsers.
debian_has_new_rust() {
  local version
  version=$(candidate rustc-web)
  [ -n "$version" ] && at_least "${version%%[+~-]*}" "$RUST_NEEDED"
}

# Unpacks Debian's current Rust into the private folder and builds the WebAssembly standard library there, which Debian does
# not ship for it. Installing the packages would remove a rustup or an older rustc of the machine; unpacking touches nothing.
debian_toolchain() {
  if [ -e "$DEBIAN_RUST/complete" ]; then return; fi
  local std llvm_package llvm work
  std=$(dependency libstd-rust-web-dev libstd-rust-web-)
  llvm_package=$(dependency "$std" libllvm)
  llvm=${llvm_package#libllvm}
  work="$DEBIAN_RUST.new" # beside its final place: a temporary folder in memory would be too small
  rm -rf "$work"
  mkdir -p "$work"
  say "Fetching Debian's Rust $(candidate rustc-web | sed 's/+.*//') into $DEBIAN_RUST (150 MB)."
  (cd "$work" && quietly apt-download apt-get download rustc-web cargo-web rust-web-clippy rustfmt-web rust-web-src \
    libstd-rust-web-dev "$std" "$llvm_package" "lld-$llvm") ||
    fail "Debian's Rust packages could not be downloaded." "Is there a network connection? Then run the same command again."
  local deb
  for deb in "$work"/*.deb; do dpkg -x "$deb" "$work/unpacked"; done
  install_packages "that Debian's compiler is linked with" libedit2 libz3-4 libxml2 libzstd1 libffi8
  lay_out_toolchain "$work/unpacked/usr" "$work/rust" "$llvm"
  say "Building the WebAssembly standard library (a minute, once)."
  build_wasm_std "$work/unpacked/usr/src" "$work/rust" "$work/std"

  rm -rf "$DEBIAN_RUST"
  touch "$work/rust/complete" # looked for by require_wasm_std and by xtask
  mv "$work/rust" "$DEBIAN_RUST"
  rm -rf "$work"
}

# lay_out_toolchain UNPACKED FOLDER LLVM: the shape rustc expects, with a wrapper for each program: Debian's find their
# libraries in /usr/lib, where nothing was installed.
lay_out_toolchain() {
  local from=$1 to=$2 host program
  host=$(rustc_host "$from")
  mkdir -p "$to/bin" "$to/libexec" "$to/lib"
  cp -a "$from"/lib/*-linux-gnu/librustc_driver-*.so "$from"/lib/*-linux-gnu/libLLVM* "$from/lib/rustlib" "$to/lib/"
  mkdir -p "$to/lib/rustlib/$host/bin"
  for program in rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    cp "$from/bin/$program" "$to/libexec/"
    wrap "$to/bin/$program" ../libexec/$program ../lib
  done
  cp "$from/bin/cargo" "$to/bin/"
  cp "$from/lib/llvm-$3/bin/lld" "$to/libexec/lld"
  wrap "$to/lib/rustlib/$host/bin/rust-lld" ../../../../libexec/lld ../../..
}

# wrap FILE PROGRAM LIBRARIES: a wrapper script; both paths are seen from the script's own folder.
wrap() {
  # shellcheck disable=SC2016 # expanded when the wrapper runs
  printf '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nLD_LIBRARY_PATH="$here/%s${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/%s" "$@"\n' \
    "$3" "$2" >"$1"
  chmod 755 "$1"
}

rustc_host() { basename "$(dirname "$(dirname "$(find "$1/lib/rustlib" -name 'libstd-*.rlib' | head -n 1)")")"; }

# build_wasm_std SOURCES FOLDER WORK: compiles std once by building an empty crate with it. RUSTC_BOOTSTRAP lets a stable
# compiler do that; it stands on this one command only, as anywhere else it would rebuild everything.
build_wasm_std() {
  local folder=$2 work=$3 std_source="$2/lib/rustlib/src/rust"
  rm -rf "$folder/lib/rustlib/src" # a link to where the package would have put the source
  mkdir -p "$work/src" "$std_source" "$folder/lib/rustlib/$WASM/lib"
  cp -a "$1"/rustc-*/library "$std_source/"
  cp "$1"/rustc-*/Cargo.lock "$std_source/" 2>/dev/null || true
  printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n' >"$work/Cargo.toml"
  printf '#![no_std]\n' >"$work/src/lib.rs"
  local cargo=cargo
  if ! has cargo; then cargo="$folder/bin/cargo"; fi
  (cd "$work" && quietly wasm-std env -u RUSTUP_TOOLCHAIN RUSTC="$folder/bin/rustc" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    CARGO_TARGET_DIR="$work/target" \
    "$cargo" build -Zbuild-std=std,panic_abort,test --target "$WASM" --release) ||
    fail "The WebAssembly standard library could not be built." "Is there a network connection? Then run the same command again."
  cp "$work/target/$WASM/release/deps/"*.rlib "$folder/lib/rustlib/$WASM/lib/"
  rm -f "$folder/lib/rustlib/$WASM/lib/"libempty-*
  rm -rf "$folder/lib/rustlib/src"
}
