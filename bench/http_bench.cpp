// Signed POSTs over keep-alive connections, beside what wrk and boto3 make of the same server.
#include "albatross/http/beast_transport.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/sigv4/signer.hpp"

#include "figures.hpp"
#include "trivial_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace albatross::bench {
namespace {

constexpr int rounds = 5;
constexpr auto round_length = std::chrono::milliseconds{1000};
constexpr std::string_view content_type = "application/x-www-form-urlencoded; charset=utf-8";

std::string answer() {
  const std::string body =
      R"(<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">)"
      "<requestId>6a1e0f4c-0000-4000-8000-000000000000</requestId><regionInfo/>"
      "</DescribeRegionsResponse>";
  return "HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=UTF-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string body() {
  std::string text = "Action=DescribeRegions&Version=2016-11-15&Filter.1.Value=";
  text.resize(300, 'A');
  return text;
}

/// A rate, and what one request cost this machine in the client's processor time.
struct Rate {
  double per_second = 0;
  double cpu_us = 1e9;

  void keep_best(const Rate& other) {
    per_second = std::max(per_second, other.per_second);
    cpu_us = std::min(cpu_us, other.cpu_us);
  }
};

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// What every connection of ours shares.
class Client {
 public:
  explicit Client(std::uint16_t port) : origin_{false, "127.0.0.1", port} {}

  Rate run(std::size_t connections) {
    const TimePoint start = clock_.now();
    const double cpu = cpu_seconds(RUSAGE_SELF);
    requests_ = 0;
    end_ = start + round_length;
    boost::asio::io_context context{1};
    http::BeastTransport transport(clock_);
    std::vector<Task<>> loops;
    for (std::size_t i = 0; i < connections; ++i)
      loops.push_back(loop(transport));
    boost::asio::co_spawn(context, when_all(std::move(loops)), [](const std::exception_ptr& e) {
      if (e) std::rethrow_exception(e);
    });
    context.run();
    const std::chrono::duration<double> passed = clock_.now() - start;
    const auto count = static_cast<double>(requests_);
    return {count / passed.count(), (cpu_seconds(RUSAGE_SELF) - cpu) / count * 1e6};
  }

 private:
  Task<> loop(http::BeastTransport& transport) {
    while (clock_.now() < end_) {
      const auto response = co_await transport.send(signed_request(), Deadline::never());
      if (response.status != 200) throw std::runtime_error("the server is not trivial");
      ++requests_;
    }
  }

  http::Request signed_request() {
    http::Request request;
    request.origin = origin_;
    request.method = "POST";
    request.body = body_;
    const std::array headers{sigv4::HeaderView{"host", authority_},
                             sigv4::HeaderView{"content-type", content_type}};
    const auto added = signer_.sign({"POST", "/", {}, headers, body_}, credentials_,
                                    {clock_.wall(), "us-east-1", "ec2"});
    request.headers.reserve(4);
    request.headers.add("Content-Type", std::string(content_type));
    request.headers.add("X-Amz-Date", std::string(added.amz_date));
    request.headers.add("X-Amz-Security-Token", std::string(added.security_token));
    request.headers.add("Authorization", std::string(added.authorization));
    return request;
  }

  SystemClock clock_;
  http::Origin origin_;
  std::string authority_ = origin_.authority();
  std::string body_ = body();
  Credentials credentials_{"ASIAFAKEFAKEFAKEFAKE", Secret("fake/secret"),
                           Secret(std::string(836, 'T'))};
  sigv4::Signer signer_;
  std::size_t requests_ = 0;
  TimePoint end_;
};

/// What a command prints, and the processor time it took.
struct Printed {
  std::string text;
  double cpu = 0;
};

Printed run_command(const std::string& command) {
  Printed printed;
  const double before = cpu_seconds(RUSAGE_CHILDREN);
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return printed;
  std::array<char, 4096> bytes;
  for (std::size_t got = 1; got > 0;) {
    got = std::fread(bytes.data(), 1, bytes.size(), pipe);
    printed.text.append(bytes.data(), got);
  }
  if (pclose(pipe) != 0) printed.text.clear();
  printed.cpu = cpu_seconds(RUSAGE_CHILDREN) - before;
  return printed;
}

std::string url(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port) + "/";
}

/// wrk sends the same bytes, signed once for all.
class Wrk {
 public:
  Wrk() {
    const int descriptor = mkstemp(script_.data());
    if (descriptor >= 0) ::close(descriptor);
    std::ofstream out(script_);
    out << "wrk.method = 'POST'\nwrk.body = '" << body() << "'\n"
        << "wrk.headers['Content-Type'] = '" << content_type << "'\n"
        << "wrk.headers['User-Agent'] = 'albatross'\n"
        << "wrk.headers['X-Amz-Date'] = '20260115T120000Z'\n"
        << "wrk.headers['X-Amz-Security-Token'] = '" << std::string(836, 'T') << "'\n"
        << "wrk.headers['Authorization'] = '" << std::string(240, 'a') << "'\n";
  }
  Wrk(const Wrk&) = delete;
  Wrk& operator=(const Wrk&) = delete;
  ~Wrk() { std::remove(script_.c_str()); }

  /// Zero when wrk is not there.
  Rate run(std::uint16_t port, std::size_t connections) const {
    const auto printed = run_command("wrk -t1 -c" + std::to_string(connections) + " -d1s -s " +
                                     script_ + " " + url(port) + " 2>/dev/null");
    Rate rate;
    const auto at = printed.text.find("Requests/sec:");
    const auto in = printed.text.find(" requests in ");
    if (at == std::string::npos || in == std::string::npos) return rate;
    rate.per_second = std::stod(printed.text.substr(at + 13));
    const double count = std::stod(printed.text.substr(printed.text.rfind('\n', in) + 1));
    rate.cpu_us = printed.cpu / count * 1e6;
    return rate;
  }

 private:
  std::string script_ = "/tmp/albatross-wrk-XXXXXX";
};

/// Zero when boto3 is not there.
double boto3_rate(std::uint16_t port) {
  const auto printed =
      run_command("/usr/bin/python3 " ALBATROSS_SOURCE_DIR "/bench/http_botocore.py " + url(port) +
                  " 2>/dev/null");
  return printed.text.empty() ? 0 : std::stod(printed.text);
}

struct Measured {
  Rate ours;
  Rate wrk;
  double boto3 = 0;
};

/// Round for round, so that all see the same machine; the best round of each counts.
Measured measure(std::size_t connections, bool with_boto3) {
  const TrivialServer server(answer());
  const Wrk wrk;
  Client client(server.port());
  Measured measured;
  for (int i = 0; i < rounds; ++i) {
    measured.ours.keep_best(client.run(connections));
    measured.wrk.keep_best(wrk.run(server.port(), connections));
    if (with_boto3) measured.boto3 = std::max(measured.boto3, boto3_rate(server.port()));
  }
  if (measured.wrk.per_second == 0) std::cerr << "http: wrk is not there, nothing to compare\n";
  if (with_boto3 && measured.boto3 == 0) std::cerr << "http/boto3: skipped, boto3 is not there\n";
  return measured;
}

std::vector<Figure> one_connection() {
  const auto [ours, wrk, boto3] = measure(1, true);
  std::vector<Figure> figures{{"http/one-connection", ours.per_second, "requests/s",
                               "wrk's requests per second", wrk.per_second, ">= 0.75"}};
  if (boto3 > 0) {
    figures.push_back({"http/boto3", ours.per_second, "requests/s", "boto3's requests per second",
                       boto3, ">= 35"});
  }
  return figures;
}

std::vector<Figure> sixteen_connections() {
  const auto [ours, wrk, boto3] = measure(16, false);
  return {{"http/sixteen-connections", ours.per_second, "requests/s", "wrk's requests per second",
           wrk.per_second, ">= 0.85"},
          {"http/sixteen-connections-cpu", ours.cpu_us, "us/request", "wrk's CPU per request",
           wrk.cpu_us, "<= 1.35"}};
}

std::vector<Figure> run() {
  auto figures = one_connection();
  for (auto& figure : sixteen_connections())
    figures.push_back(std::move(figure));
  return figures;
}

const bool added = add("http", run);

}  // namespace
}  // namespace albatross::bench
