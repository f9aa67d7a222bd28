#include "cli/rehearsal/rehearsal.hpp"

#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/sim/catalog.hpp"
#include "albatross/sim/transport.hpp"

#include "cli/rehearsal/replay.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <stdexcept>

namespace albatross::cli {
namespace {

// A usual round trip to a region nearby, connection kept.
constexpr Duration round_trip = std::chrono::milliseconds{100};
constexpr std::string_view ssm_prefix = "resolve:ssm:";
constexpr const char* usual_image =
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

sim::CloudOptions options_of(const AccountPicture& picture) {
  sim::CloudOptions out;
  out.region = picture.region;
  out.account = picture.account;
  out.zones = picture.zones;
  out.default_vpc = picture.default_vpc || !picture.network_zones.empty();
  out.verify_signatures = false;
  out.call_history = 100'000;
  return out;
}

/// Graviton families have a g after the generation's number: t4g, m7gd, c6gn.
std::string architecture_of(const std::string& type) {
  const std::string_view known = sim::architecture_of_type(type);
  if (!known.empty()) return std::string(known);
  const std::string family = type.substr(0, type.find('.'));
  const std::size_t digit = family.find_first_of("0123456789");
  const bool arm = digit != std::string::npos && family.find('g', digit) != std::string::npos;
  return arm ? "arm64" : "x86_64";
}

std::string simulable_image(const std::string& image, const std::string& architecture) {
  const std::string usual = usual_image + architecture;
  if (image.starts_with(ssm_prefix)) {
    const bool known = !sim::image_behind(image.substr(ssm_prefix.size())).empty();
    return known ? image : usual;
  }
  return sim::has_image(image) ? image
                               : std::string(sim::image_behind(usual.substr(ssm_prefix.size())));
}

class Stage {
 public:
  Stage(const AccountPicture& picture, const std::string& faults)
      : clock_(context_),
        entropy_(1),
        cloud_(options_of(picture)),
        transport_(cloud_, clock_, round_trip),
        credentials_(cloud_.credentials()),
        caller_(clock_, entropy_, transport_, credentials_, caller_options(picture)),
        aws_(caller_),
        deployer_(caller_, store_, entropy_, "a rehearsal") {
    faults_ = faults;
  }

  Rehearsal run(const Stack& stack, const AccountPicture& picture) {
    if (!picture.resources.empty())
      perform(replay(aws_, clock_, store_, deployer_, stack, picture));
    if (!faults_.empty()) cloud_.faults().load_json(faults_);
    Rehearsal out;
    const std::uint64_t before = cloud_.total_calls();
    const TimePoint start = clock_.now();
    perform(deploy(stack, out));
    out.took = end_ - start;
    for (const sim::CallRecord& call : cloud_.calls()) {
      if (call.number <= before) continue;
      const bool dry = call.error_code == "DryRunOperation";
      ++out.calls[call.service + " " + (dry ? "DryRun" : "") + call.action];
    }
    for (const auto& [kind, count] : cloud_.faults().injected())
      out.faults[std::string(sim::to_string(kind))] = count;
    return out;
  }

 private:
  static ApiCaller::Options caller_options(const AccountPicture& picture) {
    ApiCaller::Options out;
    out.region = picture.region;
    return out;
  }

  Task<> deploy(Stack stack, Rehearsal& out) {
    auto note = [&out](const Event& event) { out.events.push_back(event); };
    albatross::RunOptions how;
    how.visitors = [this](const http::Origin&) -> http::Transport* { return &transport_; };
    auto run = deployer_.deploy(std::move(stack), note, std::move(how));
    out.result = co_await std::move(run);
    end_ = clock_.now();
  }

  void perform(Task<> work) {
    std::exception_ptr error;
    bool finished = false;
    boost::asio::co_spawn(context_, std::move(work), [&](std::exception_ptr failure) {
      error = std::move(failure);
      finished = true;
    });
    clock_.drive();
    if (error) std::rethrow_exception(error);
    if (!finished) throw std::runtime_error("the simulated run waits for something for ever");
  }

  boost::asio::io_context context_{1};
  VirtualClock clock_;
  SeededEntropy entropy_;
  sim::Cloud cloud_;
  sim::SimTransport transport_;
  MemoryStore store_;
  StaticCredentials credentials_;
  ApiCaller caller_;
  AwsClients aws_;
  Deployer deployer_;
  std::string faults_;
  TimePoint end_{};
};

}  // namespace

Stack simulable(Stack stack, const AccountPicture& picture) {
  const std::string architecture = architecture_of(stack.instances.type);
  stack.region = picture.region;
  stack.instances.image = simulable_image(stack.instances.image, architecture);
  if (sim::architecture_of_type(stack.instances.type).empty()) {
    stack.instances.type = architecture == "arm64" ? "t4g.small" : "t3.small";
  }
  stack.instances.key_name.clear();
  if (stack.network.mode != NetworkSpec::Mode::existing) return stack;
  // Another network of the same shape.
  stack.network = NetworkSpec{};
  std::vector<std::string> zones = picture.network_zones;
  std::sort(zones.begin(), zones.end());
  zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
  stack.network.zones = std::move(zones);
  return stack;
}

Rehearsal rehearse(Stack stack, const AccountPicture& picture, const std::string& faults) {
  Stage stage(picture, faults);
  return stage.run(simulable(std::move(stack), picture), picture);
}

}  // namespace albatross::cli
