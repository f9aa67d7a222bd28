#include "cli/sim_text.hpp"

#include "cli/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace albatross::cli {
namespace {

constexpr std::size_t action_width = 30;

std::string pace_text(const sim::TimeCourse& times, double speed) {
  const bool fast = times.caller_seconds_divisor > 1;
  std::string out = fast ? "AWS's own delays are " + std::to_string(times.caller_seconds_divisor) +
                               " times shorter than real ones"
                         : "AWS's own delays are realistic";
  std::array<char, 48> factor{};
  if (speed != 1) {
    std::snprintf(factor.data(), factor.size(), ", and time runs %g times as fast", speed);
  }
  return out + factor.data() + ".";
}

std::string milliseconds_text(Duration took) {
  std::array<char, 24> text{};
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  std::snprintf(text.data(), text.size(), "%.1f ms", static_cast<double>(us) / 1000);
  return text.data();
}

std::vector<sim::Item> missing_in(const std::vector<sim::Item>& from,
                                  const std::vector<sim::Item>& others) {
  std::vector<sim::Item> out;
  for (const sim::Item& item : from) {
    const bool there = std::any_of(others.begin(), others.end(), [&item](const sim::Item& other) {
      return other.type == item.type && other.id == item.id;
    });
    if (!there) out.push_back(item);
  }
  return out;
}

std::string items_text(const char* title, const std::vector<sim::Item>& items,
                       const TextStyle& style) {
  if (items.empty()) return {};
  Table table;
  for (const sim::Item& item : items)
    table.add({item.type, item.id, item.name, item.state});
  return std::string(title) + "\n" + table.text(style, 2);
}

}  // namespace

std::string sim_banner(const SimFacts& facts, const sim::CloudOptions& cloud,
                       const Credentials& key, const TextStyle& style) {
  const std::string& url = facts.url;
  std::string out = paint(Tone::strong, "A simulated AWS answers at " + url, style) + "\n";
  out += "Region " + cloud.region + ", account " + cloud.account + ".\n" +
         pace_text(cloud.times, facts.speed) + "\n\n";
  out += "Point any AWS client at it (older ones: --endpoint-url " + url + "):\n\n";
  out += "export AWS_ENDPOINT_URL=" + url + "\n";
  out += "export AWS_ACCESS_KEY_ID=" + key.access_key_id + "\n";
  out += "export AWS_SECRET_ACCESS_KEY=" + key.secret_access_key.reveal() + "\n";
  out += "export AWS_REGION=" + cloud.region + "\n";
  out += "export AWS_DEFAULT_REGION=" + cloud.region + "\n\n";
  out += "The key opens nothing but this simulator. ";
  out += facts.data_plane
             ? "Instances and load balancers answer on\nthis machine too; each URL is logged when "
               "it is served.\n"
             : "Nothing but AWS's own calls is answered.\n";
  return out + "Open " + url + " in a browser to watch. Ctrl-C ends it.\n";
}

std::string call_line(const sim::CallRecord& call, Duration since_start, Duration took,
                      const TextStyle& style) {
  const bool failed = !call.error_code.empty();
  std::string line = paint(Tone::dim, pad_left(elapsed_text(since_start), 7), style) + "  ";
  line += paint(failed ? Tone::bad : Tone::good, std::to_string(call.status), style) + "  ";
  const std::string what = call.service.empty() ? call.action : call.service + " " + call.action;
  line += pad_right(what, action_width);
  if (!call.parameters.empty()) line += " " + one_line(call.parameters);
  if (failed) line += "  " + paint(Tone::bad, call.error_code, style);
  if (!call.error_message.empty()) line += ": " + one_line(call.error_message);
  if (!call.fault.empty()) line += "  [injected: " + call.fault + "]";
  return line + "  " + paint(Tone::dim, milliseconds_text(took), style);
}

std::string front_line(const std::string& balancer, const std::string& url, Duration since_start,
                       const TextStyle& style) {
  return paint(Tone::dim, pad_left(elapsed_text(since_start), 7), style) + "  " +
         paint(Tone::strong, one_line(balancer) + " serves " + url, style);
}

std::string sim_receipt(const std::vector<sim::Item>& before, const std::vector<sim::Item>& after,
                        std::uint64_t calls, const TextStyle& style) {
  const std::vector<sim::Item> added = missing_in(after, before);
  const std::vector<sim::Item> removed = missing_in(before, after);
  std::string out = "Answered " + counted(static_cast<std::size_t>(calls), "call") + ". ";
  if (added.empty() && removed.empty()) {
    return out + "The account holds what it held at the start.\n";
  }
  out += "The account does not hold what it held at the start.\n";
  return out + items_text("Added", added, style) + items_text("Removed", removed, style);
}

}  // namespace albatross::cli
