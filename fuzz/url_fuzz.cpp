// URLs and proxies as users write them: what is understood can be written down and read again.
#include "albatross/http/message.hpp"
#include "albatross/http/proxy.hpp"

#include "support.hpp"

#include <stdexcept>
#include <string>

namespace {

using namespace albatross;

void read_url(std::string_view text) {
  http::Url url;
  try {
    url = http::parse_url(text);
  } catch (const std::invalid_argument&) {
    return;
  }
  const http::Url again = http::parse_url(url.origin.url() + url.target);
  fuzz::require(again.origin == url.origin && again.target == url.target,
                "a URL that was written down reads otherwise", url.origin.url() + url.target);
}

void read_proxy(const std::string& text) {
  try {
    const http::Proxy proxy = http::parse_proxy(text);
    fuzz::require(proxy.authorization.find('\n') == std::string::npos, "a line break", text);
  } catch (const std::invalid_argument&) {
    return;
  }
}

void bypass(std::string_view text) {
  http::ProxySettings settings;
  settings.https = http::Proxy{{false, "proxy", 3128}, ""};
  while (!text.empty())
    settings.bypass.emplace_back(fuzz::take_line(text));
  settings.proxy_for({true, "a.example.com", 443});
  settings.proxy_for({true, "10.1.2.3", 8443});
  settings.proxy_for({true, "fd00::1", 443});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  read_url(text);
  read_proxy(std::string(text));
  bypass(text);
  return 0;
}
