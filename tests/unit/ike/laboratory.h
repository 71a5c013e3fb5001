#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/crypto/hash.h"
#include "engine/ike/daemon.h"

/// Two daemons, left and right, with a wire between them, in virtual time.
namespace laboratory {

using namespace engine;

/// A seeded stream for each purpose: the hash of seed, purpose and a counter.
class SeededRandom : public RandomSource {
 public:
  explicit SeededRandom(std::uint8_t seed) : seed_(seed) {}
  void fill(RandomPurpose purpose, std::span<std::uint8_t> out) override {
    for (std::uint8_t& octet : out) {
      Bytes& pool = pools_[purpose];
      if (pool.empty()) {
        Bytes block{seed_, static_cast<std::uint8_t>(purpose)};
        put_u64(block, counters_[purpose]++);
        pool = crypto::hash(crypto::HashAlgorithm::sha2_256, {block});
      }
      octet = pool.back();
      pool.pop_back();
    }
  }

 private:
  std::uint8_t seed_;
  std::map<RandomPurpose, Bytes> pools_;
  std::map<RandomPurpose, std::uint64_t> counters_;
};

/// Keeps everything that is observed.
class Recorder : public ike::Observer {
 public:
  void observe(const ike::Observation& observation) override { all.push_back(observation); }

  template <class T>
  std::vector<const T*> of() const {
    std::vector<const T*> found;
    for (const ike::Observation& entry : all) {
      if (const T* observation = std::get_if<T>(&entry)) found.push_back(observation);
    }
    return found;
  }

  /// Names of the messages sent, repetitions as "main-mode-1 (again)".
  std::vector<std::string> sent() const;
  std::size_t count_sent(const std::string& id) const;
  bool refused(Reason reason) const;
  bool remarked(std::string_view id) const;
  std::size_t count_remarks(std::string_view id) const;
  /// Reason of the first change to the failed state of this machine; none if there is none.
  Reason failure(std::string_view machine) const;
  const ike::ValueDerived* value(ike::ValueId id) const;
  const ike::ValueDerived* last_value(std::string_view name) const;

  std::vector<ike::Observation> all;
};

/// One daemon and what it told its node to do.
struct Side {
  Side(std::uint8_t seed, bool watched)
      : random(seed), daemon(std::make_unique<ike::Daemon>(random, watched ? &recorder : nullptr)) {}

  SeededRandom random;
  Recorder recorder;
  std::unique_ptr<ike::Daemon> daemon;
  std::vector<ike::InstallSas> installed;  ///< Now in place, oldest first.
  std::vector<ike::RemoveSas> removed;     ///< All so far.
  std::size_t installs = 0;                ///< All so far.

  std::vector<ike::IkeSaState> ike_sas() const { return daemon->ike_sas(); }
  std::size_t established() const;
};

/// A message on its way.
struct Flight {
  Time arrival;
  bool to_right = true;
  Endpoint source;
  Endpoint destination;
  Bytes payload;
};

/// What becomes of a message: how many copies arrive (0: lost). It may change the octets.
using Fault = std::function<unsigned(Flight&)>;

class Laboratory {
 public:
  explicit Laboratory(bool watched = true);

  /// Adds the connection "tunnel" on both sides. The left one initiates.
  void connect(const ike::Connection& left, const ike::Connection& right);

  void start();
  void run_until(Duration since_start);
  void run_for(Duration duration) { run_until(now.time_since_epoch() + duration); }

  /// ESP from one side to the other on the newest pair, as its node tells the daemons.
  void traffic(bool to_right);

  Side left;
  Side right;
  Time now{};
  Fault fault;
  std::vector<Bytes> captured;  ///< All that was put on the wire.

  /// Hands a datagram to a side at once.
  void inject(bool to_right, ByteView payload);
  /// Takes what the daemons want done, and puts messages on the wire.
  void collect();

 private:
  void collect(Side& side, bool to_right);
  std::vector<Flight> flying_;
};

inline constexpr Duration latency = std::chrono::milliseconds(10);
inline const Ipv4Address left_address{0xc0000201};   // 192.0.2.1
inline const Ipv4Address right_address{0xc6336401};  // 198.51.100.1

/// AES-128, SHA-1, group 2; ESP AES-128, HMAC-SHA1-96; PFS group 2; 0.0.0.0/0 on both sides; DPD off.
ike::Connection left_connection();
/// The same seen from the other side; does not initiate.
ike::Connection right_connection();

}  // namespace laboratory
