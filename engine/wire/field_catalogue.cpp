#include "engine/wire/field_catalogue.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/wire/esp.h"
#include "engine/wire/icmp.h"
#include "engine/wire/ipv4.h"
#include "engine/wire/isakmp.h"
#include "engine/wire/layer_fields.h"
#include "engine/wire/message_reader.h"
#include "engine/wire/tcp.h"
#include "engine/wire/udp.h"

namespace engine::wire {
namespace {

/// The visitor that lists: it notes each field and looks at no octets.
class Catalogue {
 public:
  template <class T>
  void integer(const FieldDescription& field, const T&) {
    add(field);
  }
  void address(FieldDescription field, const Ipv4Address&) {
    field.format = Format::ipv4_address;
    add(field);
  }
  template <class... T>
  void bits(const BitPart<T>&... parts) {
    (add(parts.field), ...);
  }
  void flags(const FieldDescription& field, std::uint8_t, const std::array<FieldDescription, 8>& parts) {
    add(field);
    for (const FieldDescription& part : parts) add(part);
  }
  void reserved(const FieldDescription& field, std::size_t) { add(field); }
  void unused(const FieldDescription& field, std::size_t) { add(field); }
  template <class Octets>
  void octets(const FieldDescription& field, const Octets&, std::size_t = 0) {
    add(field);
  }
  void rest(const FieldDescription& field, const Bytes&) { add(field); }
  void each(const FieldDescription& field, const std::vector<Bytes>&, std::size_t, std::size_t) { add(field); }
  template <class T, class... Context>
  void items(const std::vector<T>& samples, std::size_t, const Context&... context) {
    if (samples.empty()) group(T{}, context...);
    for (const T& sample : samples) group(sample, context...);
  }
  template <class T>
  void items_within(std::size_t, const std::vector<T>& samples, std::size_t limit) {
    items(samples, limit);
  }
  template <class T, class... Context>
  void chain(const std::vector<T>& samples, std::size_t limit, const Context&... context) {
    items(samples, limit, context...);
  }
  void require(bool, Reason, const char*) {}

  void add(const FieldDescription& field) {
    const auto same = [&](const FieldDescription& known) { return known.id == field.id; };
    if (std::none_of(fields_.begin(), fields_.end(), same)) fields_.push_back(field);
  }

  template <class T, class... Context>
  void group(T sample, const Context&... context) {
    add(T::description);
    sample.describe(*this, context...);
  }

  std::vector<FieldDescription> take() { return std::move(fields_); }

 private:
  std::vector<FieldDescription> fields_;
};

/// Every alternative of Payload, empty.
template <std::size_t... index>
void add_payloads(Catalogue& catalogue, std::index_sequence<index...>) {
  (catalogue.group(std::variant_alternative_t<index, Payload>{}), ...);
}

/// Samples that between them have every field that depends on another.
std::vector<FieldDescription> collect() {
  Catalogue catalogue;
  for (const FieldDescription& field : layer::all) catalogue.add(field);
  catalogue.add(unreadable_field);
  catalogue.add(surplus_field);
  catalogue.group(Ipv4Header{});
  catalogue.group(UdpHeader{});
  catalogue.group(echo_request(0, 0, {}));
  catalogue.group(destination_unreachable(unreachable_code::fragmentation_needed, {}));
  catalogue.group(IcmpMessage{13, 0, 0, 0, 0, 0, 0, {}});
  TcpHeader tcp;
  tcp.options = {TcpOption::maximum_segment_size(0)};
  catalogue.group(tcp);
  catalogue.group(EspHeader{});
  catalogue.group(EspTrailer{});

  catalogue.group(IsakmpHeader{});
  IsakmpHeader version_2;
  version_2.version = 0x20;
  catalogue.group(version_2);
  GenericHeader{}.describe(catalogue);
  add_payloads(catalogue, std::make_index_sequence<std::variant_size_v<Payload>>{});
  catalogue.group(Attribute::basic_value(0, 0), protocol_id::isakmp);
  catalogue.group(Attribute::long_value(0, 0), protocol_id::isakmp);
  return catalogue.take();
}

}  // namespace

std::span<const FieldDescription> all_fields() {
  static const std::vector<FieldDescription> fields = collect();
  return fields;
}

}  // namespace engine::wire
