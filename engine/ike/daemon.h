#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/random.h"
#include "engine/ike/connection.h"
#include "engine/ike/observation.h"

namespace engine::ike {

/// A UDP payload to send. The caller puts it into UDP and IPv4.
struct SendDatagram {
  Endpoint source;
  Endpoint destination;
  Bytes payload;
  MessageId message = 0;
};

/// A pair of IPsec SAs is ready. The outbound one is to be used for new traffic at once; older pairs of the connection
/// go on receiving until they are removed.
struct InstallSas {
  std::string connection;
  SaId id = 0;
  esp::SaParameters inbound;
  esp::SaParameters outbound;
};

struct RemoveSas {
  std::string connection;
  SaId id = 0;
  std::uint32_t inbound_spi = 0;
  std::uint32_t outbound_spi = 0;
  Reason reason = Reason::none;
};

using Output = std::variant<SendDatagram, InstallSas, RemoveSas>;

/// The IKE daemon of one node, sans-I/O: it is told what arrives and what time it is, and says what to do. It holds no
/// clock, no socket and no thread. After each call, take_outputs() has what is to be done, in order, and
/// next_deadline() says when to call expire().
class Daemon {
 public:
  /// `random` must outlive the daemon; `observer` may be null.
  Daemon(RandomSource& random, Observer* observer);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Adds a tunnel. Its name must be new.
  void add(Connection connection);

  /// Starts the daemon: connections with `initiate` begin phase 1.
  void start(Time now);

  /// Brings one connection up, if it is not up or coming up.
  void initiate(Time now, std::string_view connection);

  /// Takes one connection down: DELETE for its SAs is sent.
  void terminate(Time now, std::string_view connection);

  /// Takes all down, for the way out.
  void shutdown(Time now);

  /// Starts a rekey of phase 2 (quick mode) or phase 1 (main mode) now.
  void rekey_phase2(Time now, std::string_view connection);
  void rekey_phase1(Time now, std::string_view connection);

  /// A UDP payload came in on port 500 (or 4500, without the non-ESP marker).
  void receive(Time now, const Endpoint& source, const Endpoint& destination, ByteView payload);

  /// The time of a deadline came (or passed).
  void expire(Time now);
  std::optional<Time> next_deadline() const;

  // Of a pair of IPsec SAs, by InstallSas::id:

  /// ESP with a valid ICV came in: proof that the peer is alive (RFC 3706 5.5).
  void note_inbound_traffic(Time now, SaId pair);

  /// ESP went out; on-demand DPD asks only when something was sent and nothing comes back.
  void note_outbound_traffic(Time now, SaId pair);

  /// A limit of octets or of sequence numbers was met, in either direction.
  void note_soft_expiry(Time now, SaId pair);
  void note_hard_expiry(Time now, SaId pair);

  /// What is to be done, in order; empties the list.
  std::vector<Output> take_outputs();

  /// For tests and status commands.
  std::vector<IkeSaState> ike_sas() const;
  std::vector<IpsecSaState> ipsec_sas() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace engine::ike
