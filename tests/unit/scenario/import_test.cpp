#include "sim/scenario/import.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/scenario/load.h"
#include "sim/scenario/simulate.h"
#include "tests/catch.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(TUNNELWALK_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

sim::Trace run(const sim::ImportedScenario& imported) {
  const engine::Result<sim::Scenario> scenario = sim::parse_scenario(imported.json, "imported.json", "");
  REQUIRE(scenario.ok());
  engine::Result<sim::Trace> trace = sim::simulate(*scenario);
  REQUIRE(trace.ok());
  return std::move(trace).value();
}

}  // namespace

TEST_CASE("The file that AWS hands out becomes a scenario whose tunnel comes up") {
  const engine::Result<sim::ImportedScenario> imported =
      sim::import_configurations({{"yamaha.conf", read("scenarios/aws-yamaha/tunnel1.conf")}});
  REQUIRE(imported.ok());
  CHECK(imported->unknown_lines.empty());
  CHECK(imported->assumptions.size() == 4);
  const sim::Trace trace = run(*imported);
  CHECK(sim::all_met(trace));
  const auto replies = std::count_if(trace.packets.begin(), trace.packets.end(), [](const sim::TracePacket& packet) {
    return packet.label == "ICMP echo reply" && packet.dropped == engine::Reason::none;
  });
  CHECK(replies == 5);
}

TEST_CASE("A configuration that AWS would refuse shows its failure when run") {
  std::string text = read("scenarios/aws-yamaha/tunnel1.conf");
  text.replace(text.find("ipsec ike pfs 1 on"), 18, "ipsec ike pfs 1 off");
  const engine::Result<sim::ImportedScenario> imported = sim::import_configurations({{"yamaha.conf", text}});
  REQUIRE(imported.ok());
  // "Use Diffie-Hellman Perfect Forward Secrecy" is a requirement of AWS.
  CHECK_FALSE(sim::all_met(run(*imported)));
}

TEST_CASE("Interfaces and routes of a full configuration are used") {
  const std::string text =
      "ip lan1 address 172.20.0.1/24\nip lan2 address 198.16.0.32/28\n"
      "ip route default gateway 198.16.0.33\nip route 10.9.0.0/20 gateway tunnel 1\n"
      "dns server 192.0.2.53\n" +
      read("scenarios/aws-yamaha/tunnel1.conf");
  const engine::Result<sim::ImportedScenario> imported = sim::import_configurations({{"show.config", text}});
  REQUIRE(imported.ok());
  CHECK(imported->assumptions.empty());
  CHECK(imported->unknown_lines ==
        std::vector<std::string>{"show.config:5: line not known, kept: dns server 192.0.2.53"});
  CHECK(sim::all_met(run(*imported)));
}

TEST_CASE("What has no AWS end is an error at the line that says so") {
  std::string text = read("scenarios/aws-yamaha/tunnel1.conf");
  text.replace(text.find("169.254.97.130/30"), 17, "169.254.5.2/30");
  const engine::Result<sim::ImportedScenario> reserved = sim::import_configurations({{"yamaha.conf", text}});
  REQUIRE_FALSE(reserved.ok());
  CHECK(reserved.error().message ==
        "yamaha.conf:21:1: AWS has no such tunnel: 169.254.5.0/30 is reserved by AWS, expected another /30 from "
        "169.254.0.0/16");

  const engine::Result<sim::ImportedScenario> none = sim::import_configurations({{"empty.conf", "# nothing\n"}});
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().message.starts_with("empty.conf:1:1: there is no IPsec tunnel in this configuration"));
}
