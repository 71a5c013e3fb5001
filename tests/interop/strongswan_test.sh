#!/usr/bin/env bash
# Our IKEv1 engine against strongSwan's charon over a veth pair between two network namespaces that this script makes and
# removes. Debian's charon has ESP in user space only inside UDP, which needs NAT traversal; so quick mode goes as far as charon
# accepting our messages and then failing to install the SA ("only UDP encapsulation is supported").
# Usage: strongswan_test.sh IKE_PEER_PROGRAM. Exit 77 (skipped) where root, namespaces or charon are missing.
set -u
peer_program=$1
charon=/usr/lib/ipsec/charon
lab=tw$$
run=$(mktemp -d)
key=lVjXXz5r0bZzhs3w7iHn2NXmYeBu7IYH
failed=0

skip() { echo "SKIPPED: $1"; exit 77; }
[ "$(id -u)" -eq 0 ] || skip "network namespaces need root"
[ -x "$charon" ] || skip "strongSwan (strongswan-charon) is not installed"
[ -e /usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so ] || skip "libcharon-extra-plugins is not installed"
command -v swanctl >/dev/null || skip "strongswan-swanctl is not installed"

charon_pid=
cleanup() {
  [ -n "$charon_pid" ] && kill "$charon_pid" 2>/dev/null && wait "$charon_pid" 2>/dev/null
  for side in a b; do
    for pid in $(ip netns pids "$lab$side" 2>/dev/null); do kill -9 "$pid" 2>/dev/null; done
    ip netns del "$lab$side" 2>/dev/null
  done
  rm -rf "$run"
}
trap cleanup EXIT INT TERM

ip netns add "${lab}a" 2>/dev/null && ip netns add "${lab}b" || skip "cannot make network namespaces"
ip -n "${lab}a" link add eth0 type veth peer name eth0 netns "${lab}b" || skip "cannot make a veth pair"
for side in a b; do
  address=192.0.2.$([ $side = a ] && echo 1 || echo 2)
  ip -n "$lab$side" link set lo up
  ip -n "$lab$side" addr add "$address/24" dev eth0
  ip -n "$lab$side" link set eth0 up
done

# start_charon IKE_PROPOSAL ESP_PROPOSAL KEY [DPD_DELAY]
start_charon() {
  [ -n "$charon_pid" ] && kill "$charon_pid" 2>/dev/null && wait "$charon_pid" 2>/dev/null
  rm -f "$run/charon.vici"
  cat >"$run/strongswan.conf" <<CONF
charon {
  load = random nonce openssl pem pkcs1 pkcs8 x509 pubkey hmac kdf sha1 sha2 md5 aes gmp kernel-libipsec kernel-netlink socket-default vici
  retransmit_tries = 3
  retransmit_timeout = 1.0
  retransmit_base = 1.3
  plugins {
    vici { socket = unix://$run/charon.vici }
    openssl { load_legacy = yes }
  }
  filelog { main { path = $run/charon.log
      default = 1
      append = no
      flush_line = yes } }
}
swanctl { load = pem pkcs1 x509 openssl random nonce }
CONF
  cat >"$run/swanctl.conf" <<CONF
connections {
  lab {
    version = 1
    local_addrs = 192.0.2.1
    remote_addrs = 192.0.2.2
    proposals = $1
    dpd_delay = ${4:-0s}
    local { auth = psk
      id = 192.0.2.1 }
    remote { auth = psk
      id = 192.0.2.2 }
    children { net { local_ts = 10.1.0.0/24
        remote_ts = 10.2.0.0/24
        esp_proposals = $2 } }
  }
}
secrets { ike-lab { id-1 = 192.0.2.1
    id-2 = 192.0.2.2
    secret = "$3" } }
CONF
  mkdir -p "$run/run"
  ip netns exec "${lab}a" sh -c 'mount --bind "$0" /run; exec "$@"' "$run/run" \
    env STRONGSWAN_CONF="$run/strongswan.conf" "$charon" >"$run/stdout" 2>&1 &
  charon_pid=$!
  for _ in $(seq 200); do [ -S "$run/charon.vici" ] && break; sleep 0.05; done
  [ -S "$run/charon.vici" ] || { cat "$run/stdout"; skip "charon does not start here"; }
  control --load-all --noprompt >"$run/load.log" 2>&1 || { cat "$run/load.log"; failed=1; }
}

control() {
  ip netns exec "${lab}a" env STRONGSWAN_CONF="$run/strongswan.conf" SWANCTL_DIR="$run" swanctl "$1" \
    --uri "unix://$run/charon.vici" "${@:2}"
}

ours() { ip netns exec "${lab}b" "$peer_program" --key "$key" "$@" >"$run/ours" 2>&1; }

report() {  # report NAME STATUS
  if [ "$2" -eq 0 ]; then
    echo "ok: $1"
  else
    echo "FAILED: $1"
    echo "--- ours"; tail -40 "$run/ours"
    echo "--- charon"; tail -40 "$run/charon.log"
    failed=1
  fi
}

charon_says() { grep -qE "$1" "$run/charon.log"; }

# charon took the proposal and our HASH, derived the keys and went on to install the SA.
charon_accepts_quick_mode() {
  for _ in $(seq 20); do
    charon_says 'IPsec SA: only UDP encapsulation is supported|CHILD_SA net.* established' && return 0
    sleep 0.1
  done
  return 1
}

# As initiator and as responder, with the article's algorithms and others.
for suite in aes128-sha1-modp1024 aes256-sha256-modp2048 3des-md5-modp1024 aes256-sha384-ecp384; do
  start_charon "$suite" "$suite" "$key"
  ours --phase1 "$suite" --initiate --until "ipsec-sa installed" --for 8
  status=$?
  charon_accepts_quick_mode || status=1
  report "we initiate: main mode and quick mode with PFS, $suite" "$status"

  start_charon "$suite" "$suite" "$key"
  ours --phase1 "$suite" --until "sent quick-mode-2" --for 8 &
  waiting=$!
  sleep 0.3
  control --initiate --child net --timeout 6 >"$run/initiate.log" 2>&1
  wait "$waiting"
  status=$?
  charon_accepts_quick_mode || status=1
  report "charon initiates: main mode and quick mode with PFS, $suite" "$status"
done

start_charon aes128-sha1-modp1024 aes128-sha1 "$key"
ours --no-pfs --initiate --until "ipsec-sa installed" --for 8
status=$?
charon_accepts_quick_mode || status=1
report "quick mode without PFS" "$status"

start_charon aes128-sha1-modp1024 aes128-sha1-modp1024 "$key"
ours --initiate --dpd 1 --until "received informational-dpd-ack" --for 8
report "DPD by us is acknowledged" $?

start_charon aes128-sha1-modp1024 aes128-sha1-modp1024 "$key" 1s
ours --initiate --until "sent informational-dpd-ack" --for 8
report "DPD by charon is acknowledged" $?

start_charon aes128-sha1-modp1024 aes128-sha1-modp1024 "$key"
ours --initiate --until "ipsec-sa installed" --for 8
status=$?
sleep 0.5
charon_says 'received DELETE for IKE_SA' || status=1
report "charon understands our DELETE on the way out" "$status"

start_charon aes128-sha1-modp1024 aes128-sha1-modp1024 "another key entirely"
ours --initiate --until "sent main-mode-5" --for 8
status=$?
ours --initiate --until "refused decryption-failed" --for 8 || status=1
charon_says 'payload length|decryption failed' || status=1
report "a key that differs fails at main mode 5" "$status"

start_charon aes256-sha512-modp3072 aes128-sha1-modp1024 "$key"
ours --initiate --until "no-proposal-chosen" --for 8
report "no common proposal: NO-PROPOSAL-CHOSEN is understood" $?

exit "$failed"
