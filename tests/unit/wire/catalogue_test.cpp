#include "engine/wire/field_catalogue.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/wire/annotate.h"
#include "tests/catch.h"
#include "tests/unit/wire/samples.h"

using namespace engine::wire;

namespace {

void collect_ids(const Field& field, std::set<std::string>& ids) {
  ids.insert(field.id);
  for (const Field& child : field.children) collect_ids(child, ids);
}

}  // namespace

TEST_CASE("every field of the catalogue has an id of its own, a name, and an RFC where one rules") {
  std::set<std::string_view> ids;
  for (const FieldDescription& field : all_fields()) {
    CHECK(ids.insert(field.id).second);
    CHECK_FALSE(field.name.empty());
    const bool of_this_program = field.id.starts_with("wire.");
    CHECK(field.rfc.starts_with("RFC ") != of_this_program);
  }
  CHECK(ids.size() > 100);
}

TEST_CASE("whatever an annotated message holds is in the catalogue") {
  std::set<std::string> ids;
  collect_ids(annotate_isakmp(main_mode_1(), BodyState::as_sent), ids);
  collect_ids(annotate_isakmp(message_of_everything(), BodyState::as_sent), ids);
  CHECK(ids.size() > 60);
  for (const std::string& id : ids) {
    const auto same = [&](const FieldDescription& field) { return field.id == id; };
    INFO(id);
    CHECK(std::any_of(all_fields().begin(), all_fields().end(), same));
  }
}
