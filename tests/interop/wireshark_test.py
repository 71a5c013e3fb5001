"""Wireshark and scapy judge what `tunnelwalk export` wrote: every IKE message and every ESP packet of the scenario
decrypts with the exported profile, every ICV is right, and nothing is malformed."""

import csv
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
# Of Wireshark's severities, "note" (a comment is below it) is the highest that is no complaint.
NOTE = 0x400000
QUICK_MODE = 32
MAIN_MODE = 2
BETWEEN_VALUES = "\x1f"  # In no comment.

FIELDS = ["frame.number", "frame.protocols", "frame.comment", "_ws.expert.severity", "_ws.expert.message",
          "_ws.malformed", "isakmp.ispi", "isakmp.flag_e", "isakmp.exchangetype", "isakmp.messageid",
          "isakmp.typepayload", "isakmp.hash", "isakmp.spi", "esp.spi", "esp.sequence", "esp.icv_good",
          "esp.decrypted_data", "ip.src", "ip.dst"]


class Frame(dict):
    """The fields of one frame; each a list of its values."""

    def comment(self):
        return " | ".join(self["frame.comment"])

    def describe(self):
        return "frame {}: {}".format(self["frame.number"][0], self.comment())


def read_capture(path, profile):
    command = ["tshark", "-r", path, "-T", "fields", "-E", "separator=/t", "-E", "occurrence=a", "-E",
               "aggregator=" + BETWEEN_VALUES]
    for field in FIELDS:
        command += ["-e", field]
    environment = dict(os.environ, WIRESHARK_CONFIG_DIR=profile)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if line and not line.startswith("Running as user")]
    assert done.returncode == 0 and not complaints, done.stderr
    frames = []
    for line in done.stdout.splitlines():
        values = [[part for part in cell.split(BETWEEN_VALUES) if part] for cell in line.split("\t")]
        frames.append(Frame(zip(FIELDS, values)))
    return frames


def is_malformed(frame):
    worst = max([int(value, 0) for value in frame["_ws.expert.severity"]], default=0)
    return bool(frame["_ws.malformed"]) or worst > NOTE


def check_nothing_is_wrong(frames):
    for frame in frames:
        assert frame.comment(), "no comment, " + frame.describe()
        assert not is_malformed(frame), "{}: {}".format(frame.describe(), frame["_ws.expert.message"])


def is_encrypted_ike(frame):
    return "isakmp" in frame["frame.protocols"][0] and frame["isakmp.flag_e"][0] in ("1", "True")


def is_decrypted(frame):
    """It shows a HASH payload, in main mode an ID payload too; with a wrong key or IV there would be none."""
    wanted = {"5", "8"} if int(frame["isakmp.exchangetype"][0]) == MAIN_MODE else {"8"}
    return wanted <= set(frame["isakmp.typepayload"]) and bool(frame["isakmp.hash"]) and not is_malformed(frame)


def check_ike(frames):
    """Every encrypted message of both tunnels decrypts."""
    ike = [frame for frame in frames if "isakmp" in frame["frame.protocols"][0]]
    encrypted = [frame for frame in ike if is_encrypted_ike(frame)]
    for frame in encrypted:
        assert is_decrypted(frame), "not decrypted, " + frame.describe()
    tunnels = {frame["isakmp.ispi"][0] for frame in encrypted}
    assert len(tunnels) >= 2, "only {} ISAKMP SAs".format(len(tunnels))
    quick = {frame["isakmp.ispi"][0] for frame in encrypted if int(frame["isakmp.exchangetype"][0]) == QUICK_MODE}
    assert tunnels == quick, "an ISAKMP SA without quick mode"
    return len(ike), len(encrypted)


def check_esp(frames, sa_rows):
    """Every ESP packet has a good ICV and an inner packet between other addresses; its SPI is among the exported."""
    esp = [frame for frame in frames if frame["esp.spi"]]
    assert esp, "no ESP packet"
    spis = {int(row[3], 16) for row in sa_rows}
    for frame in esp:
        assert frame["esp.icv_good"] in (["1"], ["True"]), "ICV, " + frame.describe()
        assert len(frame["ip.src"]) == 2 and len(frame["ip.dst"]) == 2, "not decrypted, " + frame.describe()
        assert int(frame["esp.spi"][0], 16) in spis, "SPI, " + frame.describe()
    negotiated = {spi.lower() for frame in frames if frame["isakmp.exchangetype"] == [str(QUICK_MODE)]
                  for spi in frame["isakmp.spi"]}
    for spi in spis:
        assert "{:08x}".format(spi) in negotiated, "SPI 0x{:08x} of esp_sa is in no quick mode".format(spi)
    return len(esp)


def check_with_scapy(capture, frames, sa_rows):
    """Scapy opens the same ESP packets with the keys of esp_sa, to the same inner addresses."""
    import logging

    logging.getLogger("scapy.runtime").setLevel(logging.ERROR)  # It knows no comment of one line.
    from scapy.layers.inet import IP
    from scapy.layers.ipsec import ESP, SecurityAssociation
    from scapy.utils import rdpcap

    ciphers = {"AES-CBC [RFC3602]": "AES-CBC", "TripleDES-CBC [RFC2451]": "3DES", "NULL": "NULL"}
    integrities = {"HMAC-SHA-1-96 [RFC2404]": "HMAC-SHA1-96", "HMAC-SHA-256-128 [RFC4868]": "SHA2-256-128",
                   "HMAC-SHA-384-192 [RFC4868]": "SHA2-384-192", "HMAC-SHA-512-256 [RFC4868]": "SHA2-512-256",
                   "HMAC-MD5-96 [RFC2403]": "HMAC-MD5-96"}
    associations = {}
    for _, source, destination, spi, cipher, cipher_key, integrity, integrity_key in sa_rows:
        associations[(destination, int(spi, 16))] = SecurityAssociation(
            ESP, spi=int(spi, 16), crypt_algo=ciphers[cipher], crypt_key=bytes.fromhex(cipher_key[2:]),
            auth_algo=integrities[integrity], auth_key=bytes.fromhex(integrity_key[2:]),
            tunnel_header=IP(src=source, dst=destination))
    opened = 0
    packets = rdpcap(capture)
    assert len(packets) == len(frames), "scapy sees {} packets, tshark {}".format(len(packets), len(frames))
    for packet, frame in zip(packets, frames):
        if ESP not in packet:
            continue
        inner = associations[(packet[IP].dst, packet[ESP].spi)].decrypt(packet[IP])
        assert [inner.src, inner.dst] == [frame["ip.src"][1], frame["ip.dst"][1]], frame.describe()
        assert inner.len == len(bytes(inner)), frame.describe()
        opened += 1
    return opened


def export(tunnelwalk, scenario, directory):
    """Returns the paths of the capture and of the profile."""
    subprocess.run([tunnelwalk, "export", scenario, "--to", directory, "--format", "pcapng"], check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.join(directory, "trace.pcapng"), os.path.join(directory, "wireshark-profile")


def check_good_run(tunnelwalk, scenario, directory):
    capture, profile = export(tunnelwalk, scenario, directory)
    with open(os.path.join(profile, "esp_sa"), encoding="ascii") as table:
        sa_rows = list(csv.reader(table))
    frames = read_capture(capture, profile)
    check_nothing_is_wrong(frames)
    ike, encrypted = check_ike(frames)
    esp = check_esp(frames, sa_rows)
    print("tshark: {} frames, {} IKE ({} decrypted), {} ESP, all ICVs good".format(len(frames), ike, encrypted, esp))

    links = os.path.join(directory, "links")
    for name in sorted(os.listdir(links)):
        on_link = read_capture(os.path.join(links, name), profile)
        check_nothing_is_wrong(on_link)
        print("tshark: links/{}: {} frames".format(name, len(on_link)))

    if importlib.util.find_spec("scapy") is None:
        print("scapy is not installed for {}: its part is left out".format(sys.executable))
        return
    opened = check_with_scapy(capture, frames, sa_rows)
    assert opened == esp, "scapy opened {} of {} ESP packets".format(opened, esp)
    print("scapy: {} ESP packets opened".format(opened))


def check_failed_run(tunnelwalk, scenario, directory):
    """Where Wireshark cannot decrypt (repeated messages, keys that differ), the comment says so, and nowhere else."""
    capture, profile = export(tunnelwalk, scenario, directory)
    unreadable = 0
    for frame in read_capture(capture, profile):
        if "UNREADABLE" in frame.comment():
            unreadable += 1
            continue
        assert not is_malformed(frame), frame.describe()
        assert not is_encrypted_ike(frame) or is_decrypted(frame), "not decrypted, " + frame.describe()
    assert unreadable, "a run with repeated messages was expected"
    print("tshark: {}: {} frames that only the comment explains".format(os.path.basename(scenario), unreadable))


def main():
    tunnelwalk, good_scenario, failing_scenario = sys.argv[1:]
    if shutil.which("tshark") is None:
        print("skipped: tshark is not installed")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as place:
        check_good_run(tunnelwalk, good_scenario, os.path.join(place, "good"))
        check_failed_run(tunnelwalk, failing_scenario, os.path.join(place, "failing"))


main()
