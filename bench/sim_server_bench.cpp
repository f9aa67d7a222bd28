// What the simulator costs as a program: until it answers, at rest, and over HTTP with signatures
// checked, beside the bare loop that its server is built on.
#include "albatross/runtime/clock.hpp"
#include "albatross/sigv4/signer.hpp"
#include "albatross/sim/options.hpp"

#include "bare_server.hpp"
#include "figures.hpp"
#include "raw_client.hpp"
#include "sim_process.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <thread>

namespace albatross::bench {
namespace {

constexpr int rounds = 8;
constexpr std::chrono::milliseconds round_length{250};
constexpr std::size_t connections = 8;
constexpr std::string_view content_type = "application/x-www-form-urlencoded; charset=utf-8";

/// A signed call, good for some minutes.
std::string signed_call(std::uint16_t port) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  const std::string body = "Action=DescribeSubnets&Version=2016-11-15";
  const Credentials key{sim::default_access_key_id, Secret(sim::default_secret_access_key),
                        Secret()};
  const std::array headers{sigv4::HeaderView{"host", host},
                           sigv4::HeaderView{"content-type", content_type}};
  sigv4::Signer signer;
  const auto added = signer.sign({"POST", "/", {}, headers, body}, key,
                                 {SystemClock().wall(), "us-east-1", "ec2"});
  return "POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + std::string(content_type) +
         "\r\nX-Amz-Date: " + std::string(added.amz_date) +
         "\r\nAuthorization: " + std::string(added.authorization) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string bare_answer() {
  const std::string body(2400, 'x');  // about as much as the call's answer
  return "HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=UTF-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\nConnection: keep-alive\r\n\r\n" + body;
}

Figure rate_figure(std::uint16_t port) {
  const BareServer bare(bare_answer());
  RawClient to_simulator(port, signed_call(port), connections);
  RawClient to_bare(bare.port(), signed_call(port), connections);
  double ours = 0;
  double reference = 0;
  for (int i = 0; i < rounds; ++i) {
    ours = std::max(ours, to_simulator.rate(round_length));
    reference = std::max(reference, to_bare.rate(round_length));
  }
  return {"sim-server/signed-calls",
          ours,
          "requests/s",
          "the bare loop's requests per second",
          reference,
          ">= 0.5"};
}

std::vector<Figure> run() {
  double startup = 1e9;
  for (int i = 0; i < rounds; ++i)
    startup = std::min(startup, SimProcess().startup().count());
  const SimProcess simulator;
  std::this_thread::sleep_for(std::chrono::milliseconds{300});
  const double idle = simulator.megabytes();
  return {{"sim-server/ready", startup, "ms", "", 0, "<= 20"},
          {"sim-server/idle", idle, "MB", "", 0, "<= 15"},
          rate_figure(simulator.port())};
}

const bool added = add("sim-server", run);

}  // namespace
}  // namespace albatross::bench
