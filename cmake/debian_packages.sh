# Sourced by run.sh and test.sh: which Debian packages the project needs, and a function that installs the missing ones.

build_packages=(
  g++ cmake ninja-build pkg-config
  libssl-dev libfmt-dev nlohmann-json3-dev libcli11-dev
  libimgui-dev libstb-dev libglfw3-dev libgl-dev libgl1-mesa-dri
  fonts-inter fonts-jetbrains-mono fonts-ipaexfont-gothic fonts-dejavu-core
)

test_packages=(
  catch2 libbenchmark-dev clang clang-format
  python3 python3-scapy python3-cryptography python3-jsonschema
  openssl tshark xvfb xdotool xauth imagemagick
  iproute2 strongswan-charon strongswan-swanctl libcharon-extra-plugins libstrongswan-standard-plugins
)

# install_missing PACKAGE...: installs those that dpkg does not know as installed; silent and quick when there are none.
install_missing() {
  local missing=() package
  local installed
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 2>/dev/null | awk '$2 == "installed" {print $1}')
  for package in "$@"; do
    grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "Please install the equivalents of these Debian packages: ${missing[*]}" >&2
    return 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Please install (as root): apt-get install ${missing[*]}" >&2; return 1; }
    as_root=(sudo)
  fi
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
