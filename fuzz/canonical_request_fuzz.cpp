// Any request, once signed, is verified; the signer that keeps what it can signs like the one that
// starts afresh; and a request that somebody else claims to have signed is judged without a crash.
//
// The input is a request as text: "METHOD target", then headers, an empty line, the body.
#include "albatross/sigv4/signer.hpp"
#include "albatross/sigv4/verifier.hpp"

#include "support.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace albatross;
using namespace albatross::sigv4;

constexpr std::chrono::system_clock::time_point noon{
    std::chrono::sys_days{std::chrono::year{2015} / 8 / 30} + std::chrono::hours{12}};

const Credentials& credentials() {
  static const Credentials fake{"AKIDEXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                                Secret("TOKEN/+==")};
  return fake;
}

using fuzz::require;
using fuzz::take_line;

struct Request {
  std::string_view method, path, query, body;
  std::vector<HeaderView> headers;

  explicit Request(std::string_view text) {
    std::string_view target = take_line(text);
    method = target.substr(0, target.find(' '));
    target.remove_prefix(std::min(method.size() + 1, target.size()));
    path = target.substr(0, target.find('?'));
    query = target.substr(std::min(path.size() + 1, target.size()));
    while (!text.empty()) {
      const std::string_view line = take_line(text);
      if (line.empty()) break;
      const std::size_t colon = std::min(line.find(':'), line.size());
      headers.push_back({line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))});
    }
    body = text;
  }

  RequestView view() const { return {method, path, query, headers, body}; }
};

bool contains_no_case(std::string_view text, std::string_view lower_case) {
  return std::search(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                     [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; }) !=
         text.end();
}

/// Could a header of that name stand in an HTTP message?
bool is_token(std::string_view name) {
  constexpr std::string_view punctuation = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           punctuation.find(c) != std::string_view::npos;
  });
}

/// What a client would send: valid names, one host, nothing of an earlier signature.
Request as_a_client_sends(Request request) {
  std::erase_if(request.headers, [](const HeaderView& header) {
    return !is_token(header.name) || contains_no_case(header.name, "x-amz-") ||
           contains_no_case(header.name, "authorization");
  });
  request.headers.push_back({"Host", "example.amazonaws.com"});
  return request;
}

Verification verify_as_server(const RequestView& request) {
  return verify(
      request, [](std::string_view) { return &credentials(); }, noon);
}

void check_headers(Request request, const Scope& scope, const ServiceRules& rules, Signer& signer) {
  const SignedHeaders headers = sign_headers(request.view(), credentials(), scope, rules);
  for (int turn = 0; turn < 2; ++turn) {
    require(signer.sign(request.view(), credentials(), scope, rules).authorization ==
                headers.authorization,
            "the kept state changed the signature", signer.canonical_request());
  }
  request.headers.push_back({"X-Amz-Date", headers.amz_date});
  request.headers.push_back({"X-Amz-Security-Token", headers.security_token});
  if (rules.content_sha256_header) {
    request.headers.push_back({"X-Amz-Content-Sha256", headers.content_sha256});
  }
  request.headers.push_back({"Authorization", headers.authorization});
  const Verification result = verify_as_server(request.view());
  require(result.verdict == Verdict::valid, "a signed request is refused", result.detail);
}

void check_query(Request request, const Scope& scope, const ServiceRules& rules, Signer& signer) {
  const std::string query(
      signer.presign(request.view(), credentials(), scope, std::chrono::seconds{60}, rules));
  request.query = query;
  const Verification result = verify_as_server(request.view());
  require(result.verdict == Verdict::valid, "a signed query is refused", result.detail);
}

void check_canonical_query(const Request& request) {
  const auto canonical_query = [](Request of) {
    const std::string text = canonical_request(of.view(), ServiceRules::s3());
    const std::size_t start = text.find('\n', of.method.size() + 1 + of.path.size()) + 1;
    return text.substr(start, text.find('\n', start) - start);
  };
  const std::string once = canonical_query(request);
  Request again = request;
  again.query = once;
  require(canonical_query(again) == once, "a canonical query is not its own canonical form", once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static Signer signer(4);
  const Request given(fuzz::text_of(data, size));
  verify_as_server(given.view());
  canonical_request(given.view());
  check_canonical_query(given);
  const Request request = as_a_client_sends(given);
  if (contains_no_case(request.query, "amz") || request.query.find('%') != std::string_view::npos) {
    // Such a query may hold parameters of a signature, in one spelling or another.
    try {
      signer.presign(request.view(), credentials(), {noon, "r", "ec2"}, std::chrono::seconds{1});
    } catch (const std::invalid_argument&) {
      return 0;
    }
  }
  for (const std::string_view service : {"ec2", "s3"}) {
    const ServiceRules rules = ServiceRules::for_service(service);
    check_headers(request, {noon, "us-east-1", service}, rules, signer);
    check_query(request, {noon, "us-east-1", service}, rules, signer);
  }
  return 0;
}
