"""Scapy's ESP against ours, both ways: it opens what OutboundSa made, and InboundSa opens what it made."""

import json
import subprocess
import sys

try:
    from scapy.layers.inet import ICMP, IP, UDP
    from scapy.layers.ipsec import ESP, SecurityAssociation
except ImportError:
    print("skipped: scapy is not installed for " + sys.executable)
    sys.exit(77)

SOURCE, DESTINATION, SPI = "198.51.100.1", "203.0.113.9", 0xC0FFEE01

# Our name, scapy's name, octets of key.
CIPHERS = [("NULL", "NULL", 0), ("3DES-CBC", "3DES", 24)] + [("AES-CBC", "AES-CBC", size) for size in (16, 24, 32)]
INTEGRITIES = [
    ("NONE", "NULL", 0),
    ("HMAC-MD5-96", "HMAC-MD5-96", 16),
    ("HMAC-SHA1-96", "HMAC-SHA1-96", 20),
    ("HMAC-SHA2-256-128", "SHA2-256-128", 32),
    ("HMAC-SHA2-384-192", "SHA2-384-192", 48),
    ("HMAC-SHA2-512-256", "SHA2-512-256", 64),
]

INNER = [
    IP(src="192.168.10.10", dst="10.0.1.20") / ICMP(id=7, seq=1) / bytes(range(56)),
    IP(src="192.168.10.10", dst="10.0.1.20", ttl=3, tos=0xB8) / UDP(sport=1, dport=2) / b"x",
    IP(src="192.168.10.10", dst="10.0.1.20", flags="DF") / UDP(sport=1, dport=2) / bytes(1400),
]


def octets(size, seed):
    """Key octets without DES weak keys."""
    return bytes((seed + 37 * i) & 0xFF for i in range(size))


class Peer:
    """The program under test: a JSON line in, a JSON line out."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def check(peer, cipher, integrity):
    our_cipher, their_cipher, cipher_size = cipher
    our_integrity, their_integrity, integrity_size = integrity
    cipher_key, integrity_key = octets(cipher_size, 1), octets(integrity_size, 101)
    sa = dict(spi=SPI, cipher=our_cipher, cipher_key=cipher_key.hex(), integrity=our_integrity,
              integrity_key=integrity_key.hex(), source=SOURCE, destination=DESTINATION)

    def scapy_sa():
        return SecurityAssociation(ESP, spi=SPI, crypt_algo=their_cipher, crypt_key=cipher_key,
                                   auth_algo=their_integrity, auth_key=integrity_key,
                                   tunnel_header=IP(src=SOURCE, dst=DESTINATION))

    for packet in INNER:
        inner = bytes(packet)
        sealed = IP(bytes.fromhex(peer.ask(inner=inner.hex(), **sa)["outer"]))
        assert sealed.src == SOURCE and sealed.dst == DESTINATION and sealed.proto == 50
        assert bytes(scapy_sa().decrypt(sealed)) == inner, "scapy opened something else"

        sealed_by_scapy = bytes(scapy_sa().encrypt(IP(inner)))
        opened = peer.ask(outer=sealed_by_scapy.hex(), **sa)
        assert opened.get("inner") == inner.hex(), opened

        if integrity_size:
            broken = bytearray(sealed_by_scapy)
            broken[-1] ^= 1
            assert peer.ask(outer=broken.hex(), **sa) == {"reason": "icv-mismatch"}


def main():
    peer = Peer(sys.argv[1])
    for cipher in CIPHERS:
        for integrity in INTEGRITIES:
            print(cipher[0], 8 * cipher[2], integrity[0])
            check(peer, cipher, integrity)


main()
