// Uses a piece of each installed layer: a signed call to the simulated AWS under virtual time, and
// a stack file parsed. Exits with 0 when both did what they should.
#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/sigv4/signer.hpp"
#include "albatross/sim/cloud.hpp"
#include "albatross/sim/transport.hpp"
#include "albatross/version.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>

namespace {

using albatross::Task;

albatross::http::Request who_am_i(const albatross::Clock& clock,
                                  const albatross::Credentials& credentials) {
  albatross::http::Request request;
  request.origin = albatross::http::parse_url("https://sts.us-east-1.amazonaws.com").origin;
  request.method = "POST";
  request.body = "Action=GetCallerIdentity&Version=2011-06-15";
  const std::string host = request.origin.authority();
  const std::string date = albatross::sigv4::format_amz_date(clock.wall());
  const std::string type = "application/x-www-form-urlencoded; charset=utf-8";
  const std::array<albatross::sigv4::HeaderView, 3> headers{
      {{"content-type", type}, {"host", host}, {"x-amz-date", date}}};
  const auto signed_headers = albatross::sigv4::sign_headers(
      {"POST", "/", "", headers, request.body}, credentials, {clock.wall(), "us-east-1", "sts"});
  request.headers.set("content-type", type);
  request.headers.set("x-amz-date", date);
  request.headers.set("authorization", signed_headers.authorization);
  return request;
}

Task<> call(albatross::http::Transport& transport, albatross::http::Request request,
            albatross::http::Response& answer) {
  answer = co_await transport.send(std::move(request), albatross::Deadline::never());
}

bool signed_call_is_answered() {
  boost::asio::io_context context{1};
  albatross::VirtualClock clock(context);
  albatross::sim::Cloud cloud;
  albatross::sim::SimTransport transport(cloud, clock);
  albatross::http::Response answer;
  std::exception_ptr error;
  auto root = call(transport, who_am_i(clock, cloud.credentials()), answer);
  boost::asio::co_spawn(context, std::move(root), [&error](std::exception_ptr e) { error = e; });
  clock.drive();
  if (error) std::rethrow_exception(error);
  std::printf("%d %s\n", answer.status, answer.body.c_str());
  return answer.status == 200 && answer.body.find("123456789012") != std::string::npos;
}

bool mistakes_in_a_stack_file_are_found() {
  const auto read_nothing = [](const std::string&) { return std::nullopt; };
  try {
    albatross::parse_stack("name: [1]\n", "stack.yaml", read_nothing);
  } catch (const albatross::SpecError& error) {
    std::printf("%s\n", error.what());
    return !error.problems().empty();
  }
  return false;
}

}  // namespace

int main() {
  std::printf("albatross %s\n", albatross::version.data());
  return signed_call_is_answered() && mistakes_in_a_stack_file_are_found() ? 0 : 1;
}
