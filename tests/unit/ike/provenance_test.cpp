#include <algorithm>
#include <set>

#include "engine/crypto/dh.h"
#include "engine/crypto/hash.h"
#include "engine/ike/names.h"
#include "engine/ike/state_machine.h"
#include "engine/wire/annotate.h"
#include "engine/wire/field_catalogue.h"
#include "tests/catch.h"
#include "tests/unit/ike/laboratory.h"

/// What is told of a run must be enough to compute every value again, and each name in it must be one that is listed.
using namespace laboratory;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

crypto::HashAlgorithm hash_of(std::string name) {
  if (name.rfind("HMAC-", 0) == 0) name.erase(0, 5);
  if (name == "SHA1") name = "SHA-1";
  for (const crypto::HashInfo& entry : crypto::all_hashes()) {
    if (entry.name == name) return entry.algorithm;
  }
  FAIL("no hash " << name);
  return crypto::HashAlgorithm::sha1;
}

crypto::DhGroup group_of(const std::string& name) {
  for (const crypto::DhGroupInfo& entry : crypto::all_dh_groups()) {
    if (entry.name == name) return entry.group;
  }
  FAIL("no group " << name);
  return crypto::DhGroup::none;
}

Bytes join(const std::vector<ike::ValueInput>& inputs, std::size_t from) {
  Bytes joined;
  for (std::size_t i = from; i < inputs.size(); ++i) append(joined, inputs[i].bytes);
  return joined;
}

Bytes recompute(const ike::ValueDerived& value) {
  switch (value.operation) {
    case ike::Operation::random:
      return value.bytes;
    case ike::Operation::dh_public:
      return crypto::DhKeyPair::from_private(group_of(value.algorithm), value.inputs.at(0).bytes)->public_value();
    case ike::Operation::dh_shared: {
      const auto pair = crypto::DhKeyPair::from_private(group_of(value.algorithm), value.inputs.at(0).bytes);
      const auto shared = pair->shared_secret(value.inputs.at(1).bytes);
      return Bytes(shared->view().begin(), shared->view().end());
    }
    case ike::Operation::hmac:
      return crypto::hmac(hash_of(value.algorithm), value.inputs.at(0).bytes, {join(value.inputs, 1)});
    case ike::Operation::hash:
      return crypto::hash(hash_of(value.algorithm), {join(value.inputs, 0)});
    case ike::Operation::concatenate:
      return join(value.inputs, 0);
    case ike::Operation::slice: {
      const Bytes& whole = value.inputs.at(0).bytes;
      return Bytes(whole.begin() + value.slice_offset,
                   whole.begin() + value.slice_offset + static_cast<std::ptrdiff_t>(value.bytes.size()));
    }
  }
  return {};
}

/// The octets in which a message's fields stand, by message number: as sent, and decrypted.
std::map<ike::MessageId, std::vector<std::pair<Bytes, wire::BodyState>>> messages_of(const Recorder& recorder) {
  std::map<ike::MessageId, std::vector<std::pair<Bytes, wire::BodyState>>> messages;
  const auto add = [&](const auto& message) {
    messages[message.message].emplace_back(message.wire, wire::BodyState::as_sent);
    if (!message.cleartext.empty()) {
      messages[message.message].emplace_back(message.cleartext, wire::BodyState::decrypted);
    }
  };
  for (const auto* sent : recorder.of<ike::MessageSent>()) add(*sent);
  for (const auto* received : recorder.of<ike::MessageReceived>()) add(*received);
  return messages;
}

void find_all(const wire::Field& field, std::string_view id, std::vector<const wire::Field*>& found) {
  if (field.id == id) found.push_back(&field);
  for (const wire::Field& child : field.children) find_all(child, id, found);
}

/// Whether a field of this id in the message has these octets; a payload may be meant without its header.
bool stands_in(const std::vector<std::pair<Bytes, wire::BodyState>>& forms, const ike::ValueInput& input) {
  for (const auto& [octets, state] : forms) {
    const wire::Field root = wire::annotate_isakmp(octets, state);
    std::vector<const wire::Field*> fields;
    find_all(root, input.field, fields);
    for (const wire::Field* field : fields) {
      const ByteView whole = ByteView(octets).subspan(field->offset, field->length);
      for (const std::size_t skip : {0U, 4U}) {
        if (whole.size() < skip) continue;
        const ByteView part = whole.subspan(skip);
        if (std::equal(part.begin(), part.end(), input.bytes.begin(), input.bytes.end())) return true;
      }
    }
  }
  return false;
}

void check_values(const Recorder& recorder) {
  const auto messages = messages_of(recorder);
  std::map<ike::ValueId, const ike::ValueDerived*> values;
  for (const auto* value : recorder.of<ike::ValueDerived>()) {
    INFO(value->name << " = " << value->formula);
    CHECK(recompute(*value) == value->bytes);
    CHECK(value->id != 0);
    CHECK_FALSE(value->rfc.empty());
    for (const ike::ValueInput& input : value->inputs) {
      INFO("input " << input.name << " field " << input.field << " of message " << input.message);
      CHECK_FALSE(input.name.empty());
      if (input.source == ike::InputSource::value) {
        REQUIRE(values.count(input.value) == 1);
        CHECK(values[input.value]->bytes == input.bytes);
      }
      if (input.source == ike::InputSource::field) {
        REQUIRE(messages.count(input.message) == 1);
        CHECK(stands_in(messages.at(input.message), input));
      }
      if (input.source == ike::InputSource::configuration) CHECK(input.setting == "pre_shared_key");
    }
    CHECK(values.emplace(value->id, value).second);
  }
}

template <class List>
bool listed(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

void check_names(const Recorder& recorder) {
  for (const auto* value : recorder.of<ike::ValueDerived>()) {
    const std::string_view name = value->name;
    const std::size_t suffix = name.rfind(" (");
    INFO(name);
    CHECK((listed(ike::all_value_names(), name) ||
           (suffix != std::string_view::npos && listed(ike::all_value_names(), name.substr(0, suffix)))));
  }
  for (const auto* sent : recorder.of<ike::MessageSent>()) CHECK(listed(ike::all_message_names(), sent->name.id));
  for (const auto* received : recorder.of<ike::MessageReceived>()) {
    INFO(received->name.id);
    CHECK(listed(ike::all_message_names(), received->name.id));
  }
  for (const auto* remark : recorder.of<ike::Remark>()) {
    INFO(remark->id);
    CHECK(listed(ike::all_remark_ids(), remark->id));
  }
}

void check_refusals(const Recorder& recorder) {
  for (const auto* refusal : recorder.of<ike::MessageRefused>()) {
    CHECK(refusal->reason != Reason::none);
    CHECK_FALSE(refusal->detail.empty());
    if (refusal->field.empty()) continue;
    const auto fields = wire::all_fields();
    CHECK(std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.id == refusal->field; }));
  }
}

}  // namespace

TEST_CASE("every value can be computed again from the inputs that are told, and each input is where it is said to be") {
  struct Choice {
    crypto::CipherAlgorithm cipher;
    std::uint16_t bits;
    crypto::HashAlgorithm hash;
    crypto::DhGroup group;
    bool pfs;
    bool ids;
  };
  const Choice choice = GENERATE(
      Choice{crypto::CipherAlgorithm::aes_cbc, 128, crypto::HashAlgorithm::sha1, crypto::DhGroup::modp1024, true, true},
      Choice{crypto::CipherAlgorithm::aes_cbc, 256, crypto::HashAlgorithm::sha1, crypto::DhGroup::ecp256, true, false},
      Choice{crypto::CipherAlgorithm::aes_cbc, 192, crypto::HashAlgorithm::sha2_384, crypto::DhGroup::modp1536, false,
             true},
      Choice{crypto::CipherAlgorithm::des3_cbc, 0, crypto::HashAlgorithm::md5, crypto::DhGroup::modp1024, false,
             false});
  Laboratory lab;
  ike::Connection left = left_connection();
  ike::Connection right = right_connection();
  for (ike::Connection* side : {&left, &right}) {
    side->phase1 = {{choice.cipher, choice.bits, choice.hash, ike::AuthenticationMethod::pre_shared_key, choice.group}};
    side->phase2 = {{choice.cipher, choice.bits, crypto::IntegrityAlgorithm::hmac_sha2_256_128}};
    side->pfs = choice.pfs ? std::vector{choice.group} : std::vector<crypto::DhGroup>{};
    side->send_client_ids = choice.ids;
    side->dpd = {ike::DpdMode::periodic, seconds(10), 3, ike::DpdAction::clear};
  }
  lab.connect(left, right);
  lab.start();
  lab.run_until(seconds(15));
  lab.left.daemon->rekey_phase2(lab.now, "tunnel");
  lab.left.daemon->rekey_phase1(lab.now, "tunnel");
  lab.collect();
  lab.run_for(minutes(1));
  REQUIRE(lab.left.installed.size() == 1);
  for (const Side* side : {&lab.left, &lab.right}) {
    check_values(side->recorder);
    check_names(side->recorder);
    CHECK(side->recorder.of<ike::MessageRefused>().empty());
    const auto pairs = side->daemon->ipsec_sas();
    REQUIRE(pairs.size() == 1);
    const auto* key = side->recorder.value(pairs.front().inbound_cipher_key);
    REQUIRE(key != nullptr);
    CHECK(equal_constant_time(key->bytes, side->installed.front().inbound.cipher_key));
  }
}

TEST_CASE("failures are told in listed names, with values that can be computed again") {
  Laboratory lab;
  ike::Connection right = right_connection();
  right.pre_shared_key = SecretBytes(bytes_of("another secret"));
  lab.connect(left_connection(), right);
  lab.start();
  lab.run_until(minutes(4));
  for (const Side* side : {&lab.left, &lab.right}) {
    check_values(side->recorder);
    check_names(side->recorder);
    check_refusals(side->recorder);
  }
}

TEST_CASE("every step of an exchange is a row of its table") {
  Laboratory lab;
  lab.connect(left_connection(), right_connection());
  lab.start();
  lab.run_until(seconds(5));
  for (const auto* change : lab.left.recorder.of<ike::StateChanged>()) {
    const ike::StateMachine* machine = ike::find_state_machine(change->machine);
    REQUIRE(machine != nullptr);
    CHECK(std::any_of(machine->transitions.begin(), machine->transitions.end(), [&](const ike::Transition& row) {
      return row.story == change->story && machine->states[row.from].id == change->from &&
             machine->states[row.to].id == change->to;
    }));
  }
}

TEST_CASE("a daemon that nobody watches does the same") {
  Laboratory watched(true);
  Laboratory alone(false);
  for (Laboratory* lab : {&watched, &alone}) {
    lab->connect(left_connection(), right_connection());
    lab->start();
    lab->run_until(minutes(52));
  }
  CHECK(alone.left.recorder.all.empty());
  CHECK(watched.captured == alone.captured);
  CHECK(alone.left.installs == 2);
}

TEST_CASE("a change of state names the message ID of its exchange: 0 in phase 1, never in phase 2") {
  Laboratory lab;
  ike::Connection left = left_connection();
  left.dpd.mode = ike::DpdMode::periodic;
  lab.connect(left, right_connection());
  lab.start();
  lab.run_until(seconds(15));
  lab.left.daemon->terminate(lab.now, "tunnel");
  lab.collect();
  lab.run_for(seconds(1));
  for (const Side* side : {&lab.left, &lab.right}) {
    for (const auto* change : side->recorder.of<ike::StateChanged>()) {
      INFO(change->story);
      CHECK((change->message_id == 0) == (ike::find_state_machine(change->machine)->phase == 1));
    }
  }
}
