#include <algorithm>

#include "tests/support/synthetic_tunnel.h"

namespace tests {
namespace {

using namespace std::chrono_literals;
using engine::Reason;
using sim::Index;

}  // namespace

void SyntheticTunnel::begin_exchange(std::string machine, std::uint8_t phase, std::uint32_t message_id) {
  sim::TraceExchange exchange;
  exchange.tunnel = tunnel_;
  exchange.initiator = node_of(true);
  exchange.machine = std::move(machine);
  exchange.phase = phase;
  exchange.message_id = message_id;
  exchange.first_step = static_cast<Index>(trace_.steps.size()) - 1;
  trace_.exchanges.push_back(std::move(exchange));
}

void SyntheticTunnel::end_exchange(Reason reason) {
  trace_.exchanges.back().last_step = static_cast<Index>(trace_.steps.size()) - 1;
  trace_.exchanges.back().reason = reason;
}

void SyntheticTunnel::change_state(bool initiator, std::string from, std::string to, std::string story) {
  const std::string mode = trace_.exchanges.back().phase == 1 ? "main-mode-" : "quick-mode-";
  engine::ike::StateChanged changed;
  changed.connection = connection_;
  changed.ike_sa = ike_sa_;
  changed.exchange = static_cast<std::uint32_t>(trace_.exchanges.size());
  changed.message_id = trace_.exchanges.back().message_id;
  changed.machine = mode + (initiator ? "initiator" : "responder");
  changed.from = std::move(from);
  changed.to = std::move(to);
  changed.story = std::move(story);
  builder_.note(std::move(changed));
}

void SyntheticTunnel::report_ike_sa(bool initiator, std::string state, Reason reason) {
  engine::ike::IkeSaState sa;
  sa.id = ike_sa_;
  sa.connection = connection_;
  sa.role = initiator ? engine::ike::Role::initiator : engine::ike::Role::responder;
  sa.state = std::move(state);
  sa.initiator_cookie = cookies_[0];
  sa.responder_cookie = cookies_[1];
  sa.local = {TraceBuilder::address(node_of(initiator)), 500};
  sa.remote = {TraceBuilder::address(node_of(!initiator)), 500};
  sa.transform_text = "AES-CBC-128, SHA-1, PSK, MODP-1024";
  if (sa.state == "established") {
    sa.established = established_;
    sa.rekey_at = established_ + 27000s;
    sa.expires_at = established_ + 28800s;
  }
  sa.reason = reason;
  builder_.note(std::move(sa));
}

void SyntheticTunnel::report_ipsec_sa(bool initiator, std::string state) {
  engine::ike::IpsecSaState sa;
  sa.id = ipsec_sa_;
  sa.ike_sa = ike_sa_;
  sa.connection = connection_;
  sa.role = initiator ? engine::ike::Role::initiator : engine::ike::Role::responder;
  sa.state = std::move(state);
  sa.inbound_spi = spis_[initiator ? 0 : 1];
  sa.outbound_spi = spis_[initiator ? 1 : 0];
  sa.transform_text = "ESP AES-CBC-128, HMAC-SHA1-96";
  sa.established = installed_;
  sa.rekey_at = installed_ + 3060s;
  sa.expires_at = installed_ + 3600s;
  const SideKeys& keys = keys_of(initiator);
  sa.inbound_cipher_key = keys.cipher_keys[initiator ? 0 : 1];
  sa.outbound_cipher_key = keys.cipher_keys[initiator ? 1 : 0];
  sa.inbound_integrity_key = keys.integrity_keys[initiator ? 0 : 1];
  sa.outbound_integrity_key = keys.integrity_keys[initiator ? 1 : 0];
  builder_.note(std::move(sa));
}

void SyntheticTunnel::report_traffic(bool initiator) {
  sim::EspSaState traffic;
  traffic.id = ipsec_sa_;
  traffic.connection = connection_;
  traffic.inbound_spi = spis_[initiator ? 0 : 1];
  traffic.outbound_spi = spis_[initiator ? 1 : 0];
  traffic.packets_in = traffic.replay_highest = sequences_[initiator ? 1 : 0];
  traffic.packets_out = traffic.sequence_out = sequences_[initiator ? 0 : 1];
  traffic.replay_size = 64;
  traffic.replay_seen.assign(std::min<std::uint32_t>(traffic.replay_highest, 64), true);
  builder_.note(std::move(traffic));
  builder_.note(sim::NodeCounters{traffic.packets_out, traffic.packets_in, 0, 0});
}

void SyntheticTunnel::set_phase(sim::TunnelPhase phase, Reason reason) {
  builder_.note(sim::TunnelState{tunnel_, phase, reason});
}

void SyntheticTunnel::compare_proposals(Index message, std::uint8_t phase) {
  sim::TraceNegotiation row;
  row.node = node_of(false);
  row.step = static_cast<Index>(trace_.steps.size()) - 1;
  row.compared.message = trace_.messages[message].sent.message;
  row.compared.connection = connection_;
  row.compared.phase = phase;
  row.compared.policy = {"AES-CBC-256, SHA-1, PSK, MODP-2048", "AES-CBC-128, SHA-1, PSK, MODP-1024"};
  row.compared.comparisons = {
      {1,
       1,
       0,
       {{"Encryption Algorithm", "AES-CBC-128", "AES-CBC-256", false}, {"Hash Algorithm", "SHA-1", "SHA-1", true}},
       false},
      {1,
       1,
       1,
       {{"Encryption Algorithm", "AES-CBC-128", "AES-CBC-128", true}, {"Hash Algorithm", "SHA-1", "SHA-1", true}},
       true}};
  row.compared.chosen = 1;
  row.compared.rule = "first acceptable offer";
  builder_.note(sim::NegotiationNote{static_cast<Index>(trace_.negotiations.size())});
  trace_.negotiations.push_back(std::move(row));
}

}  // namespace tests
