// sign_request SERVICE REGION HOST BODY: signs a Query API request (a POST of a form), and prints
// the headers that it has to be sent with. For instance with curl:
//
//   body='Action=GetCallerIdentity&Version=2011-06-15'
//   sign_request sts us-east-1 sts.us-east-1.amazonaws.com "$body" >headers
//   curl -H @headers -d "$body" https://sts.us-east-1.amazonaws.com/
//
// Keys are taken from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.
#include <albatross/sigv4/signer.hpp>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace sigv4 = albatross::sigv4;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

albatross::Credentials credentials_from_environment() {
  albatross::Credentials keys{variable("AWS_ACCESS_KEY_ID"),
                              albatross::Secret(variable("AWS_SECRET_ACCESS_KEY")),
                              albatross::Secret(variable("AWS_SESSION_TOKEN"))};
  if (keys.access_key_id.empty() || keys.secret_access_key.empty())
    throw std::runtime_error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
  return keys;
}

/// The signer has no clock: the time comes in, so that a test can give any.
sigv4::SignedHeaders sign_form(std::string_view service, std::string_view region,
                               std::string_view host, std::string_view type, std::string_view body,
                               std::chrono::system_clock::time_point now) {
  const std::string date = sigv4::format_amz_date(now);
  const std::array<sigv4::HeaderView, 3> headers{
      {{"content-type", type}, {"host", host}, {"x-amz-date", date}}};
  return sigv4::sign_headers({"POST", "/", "", headers, body}, credentials_from_environment(),
                             {now, region, service});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: sign_request SERVICE REGION HOST BODY\n");
    return 2;
  }
  try {
    const std::string_view type = "application/x-www-form-urlencoded";
    const auto added =
        sign_form(argv[1], argv[2], argv[3], type, argv[4], std::chrono::system_clock::now());
    std::printf("Content-Type: %s\nX-Amz-Date: %s\nAuthorization: %s\n", type.data(),
                added.amz_date.c_str(), added.authorization.c_str());
    if (!added.security_token.empty())
      std::printf("X-Amz-Security-Token: %s\n", added.security_token.c_str());
    return 0;
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
