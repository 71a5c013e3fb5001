#include "engine/wire/field_tree.h"

#include <utility>

#include "engine/wire/format.h"

namespace engine::wire {
namespace {

/// Which of its fields stand for a group, in the line that shows it closed.
struct Summary {
  std::string_view group;
  std::string_view fields[2];
  std::string_view separator = ", ";
};

constexpr Summary summaries[] = {
    {"ipv4", {"ipv4.source_address", "ipv4.destination_address"}, " > "},
    {"udp", {"udp.source_port", "udp.destination_port"}, " > "},
    {"tcp", {"tcp.source_port", "tcp.destination_port"}, " > "},
    {"tcp.option", {"tcp.option.kind", "tcp.option.data"}, ": "},
    {"icmp", {"icmp.type", ""}},
    {"esp", {"esp.spi", "esp.sequence_number"}},
    {"esp.trailer", {"esp.next_header", ""}},
    {"isakmp.header", {"isakmp.exchange_type", ""}},
    {"ike.proposal", {"ike.proposal.number", "ike.proposal.protocol"}},
    {"ike.transform", {"ike.transform.number", "ike.transform.id"}},
    {"ike.attribute", {"ike.attribute.type", "ike.attribute.value"}, ": "},
    {"ike.id", {"ike.id.type", "ike.id.identification_data"}, ": "},
    {"ike.certificate", {"ike.certificate.encoding", ""}},
    {"ike.certificate_request", {"ike.certificate_request.type", ""}},
    {"ike.notification", {"ike.notification.type", ""}},
    {"ike.delete", {"ike.delete.protocol", "ike.delete.spi"}, ": "},
    {"ike.vendor_id", {"ike.vendor_id.vendor_id", ""}},
    {"ike.ke", {"ike.ke.key_exchange_data", ""}},
    {"ike.hash", {"ike.hash.hash_data", ""}},
    {"ike.nonce", {"ike.nonce.nonce_data", ""}},
    {"ike.signature", {"ike.signature.signature_data", ""}},
    {"ike.nat_d", {"ike.nat_d.hash", ""}},
    {"ike.nat_oa", {"ike.nat_oa.address", ""}},
    {"ike.unknown", {"ike.unknown.body", ""}},
};

/// "Encryption Algorithm (1)" and "AES-CBC (7)" become "Encryption Algorithm (1): AES-CBC (7)".
std::string summary_of(const Field& group) {
  std::string text;
  for (const Summary& summary : summaries) {
    if (summary.group != group.id) continue;
    for (const std::string_view id : summary.fields) {
      for (const Field& child : group.children) {
        if (child.id != id || child.problem != Reason::none) continue;
        if (!text.empty()) text += summary.separator;
        text += child.value;
        break;
      }
    }
  }
  return text;
}

Field make_field(const FieldDescription& description, std::size_t offset) {
  Field field;
  field.id = description.id;
  field.name = description.name;
  field.rfc = description.rfc;
  field.offset = static_cast<std::uint32_t>(offset);
  return field;
}

/// "Encryption Bit", or "none".
std::string set_bits_of(const Field& octet) {
  std::string text;
  for (const Field& bit : octet.children) {
    if (bit.value == "set") text += (text.empty() ? "" : ", ") + bit.name;
  }
  return text.empty() ? "none" : text;
}

}  // namespace

void FieldTree::open(const FieldDescription& group, std::size_t offset) { open_.push_back(make_field(group, offset)); }

void FieldTree::close(std::size_t end) {
  Field group = std::move(open_.back());
  open_.pop_back();
  group.length = static_cast<std::uint32_t>(end) - group.offset;
  const bool of_bits = !group.children.empty() && group.length == 1 && group.children.front().bit_length != 0;
  group.value = of_bits ? set_bits_of(group) : summary_of(group);
  if (open_.empty())
    root_ = std::move(group);
  else
    open_.back().children.push_back(std::move(group));
}

void FieldTree::leaf(const FieldDescription& description, std::size_t offset, ByteView octets, Reason problem) {
  Field field = make_field(description, offset);
  field.length = static_cast<std::uint32_t>(octets.size());
  // A field that is not there in full has no value.
  const bool incomplete = problem == Reason::truncated || problem == Reason::bad_length;
  if (octets.empty())
    field.value = "missing";
  else
    field.value = format_value(incomplete ? unreadable_field : description, octets);
  field.problem = problem;
  open_.back().children.push_back(std::move(field));
}

void FieldTree::bits(const FieldDescription& description, std::size_t offset, unsigned skip, unsigned width,
                     std::uint64_t value) {
  Field field = make_field(description, offset + skip / 8);
  field.bit_offset = static_cast<std::uint8_t>(skip % 8);
  field.bit_length = static_cast<std::uint8_t>(width);
  field.length = (skip % 8 + width + 7) / 8;
  field.value = format_bits(description, value, width);
  open_.back().children.push_back(std::move(field));
}

void FieldTree::blame(Reason problem) {
  Field& group = open_.back();
  (group.children.empty() ? group : group.children.back()).problem = problem;
}

void FieldTree::blame(std::string_view id, Reason problem) {
  for (Field& child : open_.back().children) {
    if (child.id == id) child.problem = problem;
  }
}

bool FieldTree::reopen(std::string_view id) {
  std::vector<Field>& siblings = open_.back().children;
  if (siblings.empty() || siblings.back().id != id) return false;
  Field field = std::move(siblings.back());
  siblings.pop_back();
  open_.push_back(std::move(field));
  return true;
}

Field FieldTree::take() { return std::move(root_); }

}  // namespace engine::wire
