// Whatever the engine can say has a text, and no text is there that nothing says.

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <sstream>

#include "engine/base/reason.h"
#include "engine/ike/names.h"
#include "engine/ike/state_machine.h"
#include "engine/wire/field_catalogue.h"
#include "tests/catch.h"
#include "viz/text/catalogue.h"

namespace {

void check_text(const std::string& id) {
  INFO(id);
  CHECK(viz::has_text(id));
  for (const viz::Language language : {viz::Language::en, viz::Language::ja}) {
    CHECK_FALSE(viz::text(id, language).empty());
    CHECK(viz::text(id, language) != id);
  }
}

/// All that is written in the folders that show texts, to look for ids in.
std::string sources() {
  std::ostringstream all;
  for (const char* file :
       {"viz/text/story.cpp", "viz/text/story_context.cpp", "viz/text/story_details.cpp", "viz/text/story_names.cpp",
        "viz/text/walk.cpp", "viz/text/walk_block.cpp", "viz/gui/sa_cards.cpp"}) {
    std::ifstream in(std::string(TUNNELWALK_SOURCE_DIR "/") + file);
    all << in.rdbuf();
  }
  return all.str();
}

/// The ids that follow from lists of the engine, with the parts that a text of each may have.
std::set<std::string> ids_of_the_engine() {
  std::set<std::string> ids;
  const auto add = [&](const std::string& id, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) ids.insert(id + std::string(part));
  };
  for (const engine::ReasonInfo& reason : engine::all_reasons()) {
    add(fmt::format("reason.{}", reason.id), {"", ".why", ".fix"});
  }
  for (const engine::wire::FieldDescription& field : engine::wire::all_fields())
    add(fmt::format("field.{}", field.id), {""});
  for (const std::string_view name : engine::ike::all_value_names()) add(fmt::format("value.{}", name), {""});
  for (const std::string_view name : engine::ike::all_message_names()) {
    add(fmt::format("message.{}", name), {"", ".purpose", ".what", ".why", ".next"});
  }
  for (const std::string_view id : engine::ike::all_remark_ids()) {
    add(fmt::format("story.{}", id), {".title", ".what", ".why", ".next"});
  }
  for (const engine::ike::StateMachine* machine : engine::ike::all_state_machines()) {
    add(fmt::format("machine.{}", machine->name), {""});
    for (const engine::ike::State& state : machine->states)
      add(fmt::format("state.{}.{}", machine->name, state.id), {""});
    for (const engine::ike::Transition& transition : machine->transitions) {
      const std::string id = fmt::format("story.{}", transition.story);
      add(id, {".title", ".what", ".why", ".next"});
      add(id + ".again", {".title", ".what", ".why", ".next"});
    }
  }
  return ids;
}

/// Ids that are put together from a kind and a name which are not listed anywhere.
bool is_composed(const std::string& id) {
  for (const char* prefix : {"payload.", "node-type.", "tunnel-phase.", "role.", "sa-state.", "label.", "word.",
                             "rule.", "traffic.esp.", "traffic.icmp.", "traffic.packet.", "traffic.fragment.",
                             "traffic.ike.", "traffic.carried.", "traffic.timer.", "traffic.script.", "interface."}) {
    if (id.rfind(prefix, 0) == 0) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every reason has a line, an explanation and advice") {
  for (const engine::ReasonInfo& reason : engine::all_reasons()) {
    check_text(fmt::format("reason.{}", reason.id));
    check_text(fmt::format("reason.{}.why", reason.id));
    check_text(fmt::format("reason.{}.fix", reason.id));
  }
}

TEST_CASE("every field of every packet has its meaning") {
  REQUIRE_FALSE(engine::wire::all_fields().empty());
  for (const engine::wire::FieldDescription& field : engine::wire::all_fields()) {
    check_text(fmt::format("field.{}", field.id));
  }
}

TEST_CASE("every value of the key schedule has its purpose") {
  for (const std::string_view name : engine::ike::all_value_names()) check_text(fmt::format("value.{}", name));
}

TEST_CASE("every message has a name and a purpose") {
  for (const std::string_view name : engine::ike::all_message_names()) {
    check_text(fmt::format("message.{}", name));
    check_text(fmt::format("message.{}.purpose", name));
  }
}

TEST_CASE("the messages of main mode and quick mode are told in full") {
  for (const std::string name : {"main-mode-1", "main-mode-2", "main-mode-3", "main-mode-4", "main-mode-5",
                                 "main-mode-6", "quick-mode-1", "quick-mode-2", "quick-mode-3"}) {
    for (const char* part : {".what", ".why", ".next"}) check_text("message." + name + part);
  }
}

TEST_CASE("every transition of every machine has its story, every state and machine its name") {
  for (const engine::ike::StateMachine* machine : engine::ike::all_state_machines()) {
    check_text(fmt::format("machine.{}", machine->name));
    for (const engine::ike::State& state : machine->states) {
      check_text(fmt::format("state.{}.{}", machine->name, state.id));
    }
    for (const engine::ike::Transition& transition : machine->transitions) {
      check_text(fmt::format("story.{}.title", transition.story));
      check_text(fmt::format("story.{}.what", transition.story));
    }
  }
}

TEST_CASE("every remark of the engine has its story") {
  for (const std::string_view id : engine::ike::all_remark_ids()) {
    check_text(fmt::format("story.{}.title", id));
    check_text(fmt::format("story.{}.what", id));
  }
}

TEST_CASE("no text is there that nothing says") {
  const std::set<std::string> of_engine = ids_of_the_engine();
  const std::string source = sources();
  REQUIRE(source.size() > 1000);
  for (const viz::CatalogueEntry& entry : viz::all_texts()) {
    const std::string id(entry.id);
    INFO(id);
    const bool is_literal = source.find('"' + id + '"') != std::string::npos ||
                            source.find('"' + id.substr(0, id.rfind('.')) + '"') != std::string::npos;
    CHECK((of_engine.count(id) == 1 || is_composed(id) || is_literal));
  }
}
