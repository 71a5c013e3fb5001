#include <algorithm>
#include <set>

#include "engine/ike/state_machine.h"
#include "tests/catch.h"

using namespace engine::ike;

TEST_CASE("every state of every machine can be reached, and left unless it is an end") {
  for (const StateMachine* machine : all_state_machines()) {
    INFO(machine->name);
    std::set<std::size_t> reached{0};
    for (std::size_t round = 0; round < machine->states.size(); ++round) {
      for (const Transition& row : machine->transitions) {
        if (reached.count(row.from) != 0) reached.insert(row.to);
      }
    }
    CHECK(reached.size() == machine->states.size());
    for (std::size_t i = 0; i < machine->states.size(); ++i) {
      INFO(machine->states[i].id);
      const bool left = std::any_of(machine->transitions.begin(), machine->transitions.end(),
                                    [&](const Transition& row) { return row.from == i && row.to != i; });
      CHECK(left != machine->states[i].terminal);
    }
  }
}

TEST_CASE("a state that waits for a message also ends by time, and by command") {
  for (const StateMachine* machine : all_state_machines()) {
    INFO(machine->name);
    for (std::size_t i = 1; i < machine->states.size(); ++i) {
      if (machine->states[i].terminal) continue;
      INFO(machine->states[i].id);
      for (const Trigger trigger : {Trigger::timeout, Trigger::command}) {
        CHECK(std::any_of(machine->transitions.begin(), machine->transitions.end(), [&](const Transition& row) {
          return row.from == i && row.trigger == trigger && machine->states[row.to].terminal;
        }));
      }
    }
  }
}

TEST_CASE("names are unique: machines, states of a machine, stories of all") {
  std::set<std::string_view> machines;
  std::set<std::string_view> stories;
  for (const StateMachine* machine : all_state_machines()) {
    CHECK(machines.insert(machine->name).second);
    CHECK(find_state_machine(machine->name) == machine);
    std::set<std::string_view> states;
    for (const State& state : machine->states) CHECK(states.insert(state.id).second);
    for (const Transition& row : machine->transitions) {
      INFO(row.story);
      CHECK_FALSE(row.story.empty());
      CHECK(stories.insert(row.story).second);
    }
  }
  CHECK(find_state_machine("no such machine") == nullptr);
}

TEST_CASE("messages of a machine alternate: each is sent by one table and awaited by the other") {
  const auto sends = [](std::string_view name) {
    std::set<int> numbers;
    for (const Transition& row : find_state_machine(name)->transitions) {
      if (row.sends != 0) numbers.insert(row.sends);
    }
    return numbers;
  };
  const auto awaits = [](std::string_view name) {
    std::set<int> numbers;
    for (const Transition& row : find_state_machine(name)->transitions) {
      if (row.trigger == Trigger::message) numbers.insert(row.message_number);
    }
    return numbers;
  };
  CHECK(sends("main-mode-initiator") == std::set<int>{1, 3, 5});
  CHECK(sends("main-mode-initiator") == awaits("main-mode-responder"));
  CHECK(sends("main-mode-responder") == awaits("main-mode-initiator"));
  CHECK(sends("quick-mode-initiator") == awaits("quick-mode-responder"));
  CHECK(sends("quick-mode-responder") == awaits("quick-mode-initiator"));
}
