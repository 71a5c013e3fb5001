#pragma once

#include <string>
#include <vector>

#include "engine/crypto/dh.h"
#include "engine/wire/isakmp.h"
#include "tests/support/trace_builder.h"

namespace tests {

/// What one side knows: its daemon's numbers of the values that later ones are made of.
struct SideKeys {
  engine::ike::ValueId g_xy = 0;
  engine::ike::ValueId skeyid = 0;
  engine::ike::ValueId skeyid_d = 0;
  engine::ike::ValueId skeyid_a = 0;
  engine::ike::ValueId skeyid_e = 0;
  engine::ike::ValueId encryption_key = 0;
  engine::ike::ValueId iv = 0;
  engine::ike::ValueId cipher_keys[2] = {0, 0};  ///< Of what the initiator receives, of what it sends.
  engine::ike::ValueId integrity_keys[2] = {0, 0};
};

/// One IKE message to be sent.
struct MessagePlan {
  engine::wire::ExchangeType exchange = engine::wire::ExchangeType::identity_protection;
  std::uint8_t number = 0;
  std::string id;
  std::vector<std::string> labels;
  std::vector<engine::wire::Payload> payloads;
  std::uint32_t message_id = 0;
  bool from_initiator = true;
  bool encrypted = false;
  bool lost = false;
  sim::Index repeats = sim::no_index;
};

/// One tunnel of a synthetic trace, played by hand: its messages, values, states and packets.
class SyntheticTunnel {
 public:
  SyntheticTunnel(TraceBuilder& builder, sim::Index tunnel);

  /// Main mode to its end. `lose_5`: the first sending of message 5 is lost. `fail`: it ends with
  /// authentication-failed at message 5.
  void main_mode(bool lose_5, bool fail);
  void quick_mode();
  void dpd_round();
  /// An echo request from the PC and the reply.
  void ping();
  void go_down(engine::Reason reason);

 private:
  sim::Index node_of(bool initiator) const { return initiator ? node::yamaha : TraceBuilder::endpoint(tunnel_); }
  SideKeys& keys_of(bool initiator) { return keys_[initiator ? 0 : 1]; }

  // Numbers of values and messages count over the whole trace: unique in every daemon.
  const sim::Bytes& value(engine::ike::ValueId id) const { return trace_.values[id - 1].derived.bytes; }
  engine::ike::ValueInput known(std::string name, engine::ike::ValueId id) const;
  engine::ike::ValueInput seen(std::string name, engine::ike::MessageId message, std::string field,
                               sim::Bytes bytes) const;
  engine::ike::ValueId derive(bool initiator, engine::ike::Operation operation, std::string name, std::string formula,
                              std::vector<engine::ike::ValueInput> inputs, sim::Bytes bytes, std::string algorithm);
  engine::ike::ValueId prf(bool initiator, std::string name, std::string formula,
                           std::vector<engine::ike::ValueInput> inputs);
  engine::ike::ValueId cut(bool initiator, std::string name, engine::ike::ValueId whole, std::uint32_t offset,
                           std::size_t size);
  void draw_dh(bool initiator);
  void derive_phase1(bool initiator);
  void derive_phase2(bool initiator);

  /// Returns the row of the message.
  sim::Index send(const MessagePlan& plan);
  sim::Index send_main_mode(std::uint8_t number, std::vector<std::string> labels,
                            std::vector<engine::wire::Payload> payloads, bool lost = false,
                            sim::Index repeats = sim::no_index);
  sim::Index send_quick_mode(std::uint8_t number, std::vector<std::string> labels,
                             std::vector<engine::wire::Payload> payloads);
  sim::Bytes encrypt(bool initiator, const sim::Bytes& cleartext);
  sim::Index send_esp(sim::Index inner, bool from_initiator, const sim::Bytes& inner_bytes);

  void begin_exchange(std::string machine, std::uint8_t phase, std::uint32_t message_id);
  void end_exchange(engine::Reason reason = engine::Reason::none);
  void change_state(bool initiator, std::string from, std::string to, std::string story);
  void report_ike_sa(bool initiator, std::string state, engine::Reason reason = engine::Reason::none);
  void report_ipsec_sa(bool initiator, std::string state);
  void report_traffic(bool initiator);
  void set_phase(sim::TunnelPhase phase, engine::Reason reason = engine::Reason::none);
  void compare_proposals(sim::Index message, std::uint8_t phase);

  TraceBuilder& builder_;
  sim::Trace& trace_;
  sim::Index tunnel_;
  std::string connection_;
  std::vector<engine::crypto::DhKeyPair> pairs_;  ///< The initiator's, the responder's.
  engine::wire::Cookie cookies_[2]{};
  sim::Bytes nonces_[2];
  engine::ike::MessageId ke_messages_[2] = {0, 0};  ///< Main mode 3 and 4.
  engine::ike::ValueId dh_private_[2] = {0, 0};
  SideKeys keys_[2];
  engine::ike::SaId ike_sa_ = 0;
  engine::ike::SaId ipsec_sa_ = 0;
  std::uint32_t message_id_ = 0x1000;
  std::uint32_t spis_[2] = {0, 0};       ///< Of what the initiator receives, of what the responder receives.
  std::uint32_t sequences_[2] = {0, 0};  ///< Sent by the initiator, by the responder.
  sim::Time established_{};
  sim::Time installed_{};
};

}  // namespace tests
