// One end of an IKEv1 tunnel on a real UDP socket, to hold the engine against real peers. It prints what the engine
// observes, a line each, and ends after --for seconds, or soon after what --until names was seen.

#include <arpa/inet.h>
#include <openssl/rand.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <string>

#include "engine/ike/daemon.h"
#include "engine/ike/identity.h"

using namespace engine;

namespace {

class SystemRandom : public RandomSource {
 public:
  void fill(RandomPurpose, std::span<std::uint8_t> out) override {
    RAND_bytes(out.data(), static_cast<int>(out.size()));
  }
};

/// Prints each observation and remembers whether the awaited one came.
class Printer : public ike::Observer {
 public:
  explicit Printer(std::string awaited) : awaited_(std::move(awaited)) {}

  void observe(const ike::Observation& observation) override {
    std::visit([this](const auto& seen) { print(seen); }, observation);
  }

  bool awaited_seen() const { return seen_; }

 private:
  void line(const std::string& text) {
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
    if (!awaited_.empty() && text.find(awaited_) != std::string::npos) seen_ = true;
  }

  void print(const ike::MessageSent& sent) { line("sent " + sent.name.id); }
  void print(const ike::MessageReceived& received) { line("received " + received.name.id); }
  void print(const ike::MessageRefused& refused) {
    line("refused " + std::string(info(refused.reason).id) + ": " + refused.detail);
  }
  void print(const ike::ValueDerived&) {}
  void print(const ike::ProposalsCompared& compared) {
    line(std::string("compared ") + (compared.chosen ? "and chose" : "and chose nothing"));
  }
  void print(const ike::AuthenticationChecked& checked) {
    line("checked " + checked.what + (checked.ok ? " ok" : " wrong"));
  }
  void print(const ike::StateChanged& change) {
    line("state " + change.machine + " " + change.to +
         (change.reason == Reason::none ? "" : " " + std::string(info(change.reason).id)));
  }
  void print(const ike::IkeSaState& sa) { line("isakmp-sa " + sa.state); }
  void print(const ike::IpsecSaState& sa) { line("ipsec-sa " + sa.state + " " + sa.transform_text); }
  void print(const ike::Remark& remark) { line("remark " + remark.id); }

  std::string awaited_;
  bool seen_ = false;
};

Endpoint endpoint_of(const sockaddr_in& address) {
  return {Ipv4Address{ntohl(address.sin_addr.s_addr)}, ntohs(address.sin_port)};
}

sockaddr_in socket_address(const Endpoint& endpoint) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(endpoint.address.value);
  address.sin_port = htons(endpoint.port);
  return address;
}

struct Options {
  std::string local = "192.0.2.2";
  std::string remote = "192.0.2.1";
  std::string local_net = "10.2.0.0/24";
  std::string remote_net = "10.1.0.0/24";
  std::string key = "secret";
  std::string until;
  std::string phase1 = "aes128-sha1-modp1024";
  int seconds = 10;
  bool initiate = false;
  bool pfs = true;
  int dpd = 0;
};

ike::Connection connection_of(const Options& options) {
  ike::Connection connection;
  connection.name = "peer";
  connection.local_address = parse_ipv4_address(options.local).value();
  connection.remote_address = parse_ipv4_address(options.remote).value();
  connection.local_id = ike::Identity::address(connection.local_address);
  connection.pre_shared_key = SecretBytes(bytes_of(options.key));
  ike::Phase1Transform phase1;
  ike::Phase2Transform phase2;
  if (options.phase1 == "aes256-sha256-modp2048") {
    phase1 = {crypto::CipherAlgorithm::aes_cbc, 256, crypto::HashAlgorithm::sha2_256,
              ike::AuthenticationMethod::pre_shared_key, crypto::DhGroup::modp2048};
    phase2 = {crypto::CipherAlgorithm::aes_cbc, 256, crypto::IntegrityAlgorithm::hmac_sha2_256_128};
  } else if (options.phase1 == "3des-md5-modp1024") {
    phase1 = {crypto::CipherAlgorithm::des3_cbc, 0, crypto::HashAlgorithm::md5,
              ike::AuthenticationMethod::pre_shared_key, crypto::DhGroup::modp1024};
    phase2 = {crypto::CipherAlgorithm::des3_cbc, 0, crypto::IntegrityAlgorithm::hmac_md5_96};
  } else if (options.phase1 == "aes256-sha384-ecp384") {
    phase1 = {crypto::CipherAlgorithm::aes_cbc, 256, crypto::HashAlgorithm::sha2_384,
              ike::AuthenticationMethod::pre_shared_key, crypto::DhGroup::ecp384};
    phase2 = {crypto::CipherAlgorithm::aes_cbc, 256, crypto::IntegrityAlgorithm::hmac_sha2_384_192};
  }
  connection.phase1 = {phase1};
  connection.phase2 = {phase2};
  if (options.pfs) connection.pfs = {phase1.group};
  connection.local_subnet = parse_ipv4_network(options.local_net).value();
  connection.remote_subnet = parse_ipv4_network(options.remote_net).value();
  connection.retransmission.first = std::chrono::seconds(1);
  connection.initiate = options.initiate;
  if (options.dpd > 0) {
    connection.dpd.mode = ike::DpdMode::periodic;
    connection.dpd.interval = std::chrono::seconds(options.dpd);
  }
  return connection;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"One end of an IKEv1 tunnel on a real socket"};
  Options options;
  app.add_option("--local", options.local);
  app.add_option("--remote", options.remote);
  app.add_option("--local-net", options.local_net);
  app.add_option("--remote-net", options.remote_net);
  app.add_option("--key", options.key);
  app.add_option("--phase1", options.phase1);
  app.add_option("--until", options.until);
  app.add_option("--for", options.seconds);
  app.add_option("--dpd", options.dpd);
  app.add_flag("--initiate", options.initiate);
  app.add_flag("!--no-pfs", options.pfs);
  CLI11_PARSE(app, argc, argv);

  const Endpoint local{parse_ipv4_address(options.local).value(), 500};
  const int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  const sockaddr_in bound = socket_address(local);
  if (descriptor < 0 || bind(descriptor, reinterpret_cast<const sockaddr*>(&bound), sizeof bound) != 0) {
    std::perror("bind");
    return 2;
  }

  SystemRandom random;
  Printer printer(options.until);
  ike::Daemon daemon(random, &printer);
  daemon.add(connection_of(options));

  const auto started = std::chrono::steady_clock::now();
  const auto now = [&] { return Time(std::chrono::steady_clock::now() - started); };
  const auto send_outputs = [&] {
    for (const ike::Output& output : daemon.take_outputs()) {
      const auto* datagram = std::get_if<ike::SendDatagram>(&output);
      if (datagram == nullptr) continue;
      const sockaddr_in to = socket_address(datagram->destination);
      (void)!sendto(descriptor, datagram->payload.data(), datagram->payload.size(), 0,
                    reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
  };

  daemon.start(now());
  send_outputs();
  Time end = time_at(0) + std::chrono::seconds(options.seconds);
  bool lingering = false;
  while (now() < end) {
    if (printer.awaited_seen() && !lingering) {
      // The peer needs a moment for the last message: a DELETE right behind it may be worked on first.
      end = now() + std::chrono::milliseconds(300);
      lingering = true;
    }
    pollfd waiting{descriptor, POLLIN, 0};
    poll(&waiting, 1, 50);
    if ((waiting.revents & POLLIN) != 0) {
      Bytes buffer(65535);
      sockaddr_in from{};
      socklen_t length = sizeof from;
      const ssize_t size =
          recvfrom(descriptor, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
      if (size > 0)
        daemon.receive(now(), endpoint_of(from), local, ByteView(buffer).first(static_cast<std::size_t>(size)));
    }
    if (const auto deadline = daemon.next_deadline(); deadline && *deadline <= now()) daemon.expire(now());
    send_outputs();
  }
  const bool good = options.until.empty() || printer.awaited_seen();
  daemon.shutdown(now());
  send_outputs();
  close(descriptor);
  return good ? 0 : 1;
}
