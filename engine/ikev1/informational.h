#pragma once

#include "engine/ikev1/messenger.h"
#include "engine/ikev1/tables.h"

namespace engine::ikev1 {

class Engine;

/// Informational exchanges (RFC 2409 5.7): notifications, deletions, and the messages of DPD.
class Informational {
 public:
  explicit Informational(Engine& engine) : engine_(engine) {}

  void receive(Time now, Incoming& incoming);

  /// Tells the peer of a phase 1 that failed: encrypted once there are keys, else in clear.
  SentMessage refuse_phase1(IsakmpSa& sa, std::uint16_t notification);

  /// Tells the peer that its quick mode is refused; `spi` is that of its proposal.
  SentMessage refuse_phase2(IsakmpSa& sa, std::uint16_t notification, Bytes spi);

  /// Deletes SAs at the peer: that of an inbound IPsec SA, or the ISAKMP SA itself.
  void delete_pair(IsakmpSa& sa, std::uint32_t inbound_spi);
  void delete_isakmp(IsakmpSa& sa);

  /// Sends R-U-THERE and leaves the exchange waiting for its answer.
  Exchange ask(IsakmpSa& sa, std::uint32_t sequence);

  /// A notification about the ISAKMP SA, its cookies as SPI, to be sent along in main mode.
  wire::NotificationPayload phase1_notification(const IsakmpSa& sa, std::uint16_t type) const;

 private:
  void receive_clear(Time now, IsakmpSa& sa, Incoming& incoming);
  void receive_encrypted(Time now, IsakmpSa& sa, Incoming& incoming);
  bool authentic(IsakmpSa& sa, const Incoming& incoming);
  void act(Time now, IsakmpSa& sa, const Incoming& incoming);
  void take_notification(Time now, IsakmpSa& sa, const Incoming& incoming, const wire::NotificationPayload& notify);
  void take_dpd_request(Time now, IsakmpSa& sa, const Incoming& incoming, const wire::NotificationPayload& notify);
  void take_dpd_ack(Time now, IsakmpSa& sa, const Incoming& incoming, const wire::NotificationPayload& notify);
  void take_delete(Time now, ike::SaId sa, const wire::DeletePayload& deletion);
  bool names_sa(const IsakmpSa& sa, const Incoming& incoming, const wire::NotificationPayload& notify);
  void told(const IsakmpSa& sa, const wire::NotificationPayload& notify, bool authenticated);

  SentMessage send(IsakmpSa& sa, wire::Payload payload);
  void begun(IsakmpSa& sa, InformationalAction action, const SentMessage& sent);
  void taken(IsakmpSa& sa, InformationalAction action, const Incoming& incoming);
  void run(IsakmpSa& sa, ike::Trigger trigger, InformationalAction action, ike::MessageId message,
           std::uint32_t message_id);
  Value iv_for(const IsakmpSa& sa, const Quoted& message_id, ike::MessageId message);

  Engine& engine_;
};

}  // namespace engine::ikev1
