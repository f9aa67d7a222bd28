#include "clients/recording/secret_members.hpp"

#include "clients/percent.hpp"
#include "clients/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace albatross::recording {
namespace {

constexpr std::array<std::string_view, 32> secret_names = {
    "accesstoken",        "apikey",
    "authtoken",          "clientsecret",
    "currentpassword",    "devicecode",
    "externalid",         "idtoken",
    "keymaterial",        "masterpassword",
    "masteruserpassword", "newpassword",
    "oldpassword",        "password",
    "passworddata",       "plaintext",
    "privatekey",         "refreshtoken",
    "samlassertion",      "secret",
    "secretaccesskey",    "secretbinary",
    "secretstring",       "securitytoken",
    "sessiontoken",       "token",
    "tokencode",          "userdata",
    "webidentitytoken",   "x-amz-security-token",
    "x-amz-signature",    "ssopassword"};

/// Any part of "LaunchTemplateData.UserData.Value".
bool any_part(std::string_view name, const IsSecret& is_secret) {
  for (;;) {
    const std::size_t dot = name.find('.');
    if (is_secret(name.substr(0, dot))) return true;
    if (dot == std::string_view::npos) return false;
    name.remove_prefix(dot + 1);
  }
}

/// The name of the element that a tag "<name attr…>" or "</name>" is of.
std::string_view element_name(std::string_view tag) {
  const std::size_t start = tag.starts_with("</") ? 2 : 1;
  return tag.substr(start, tag.find_first_of(" \t\r\n/>", start) - start);
}

/// Where the string that begins at `at` ends, behind its closing quote.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return text.size();
}

/// Walks over a JSON text and knows, of each string, under which names it stands.
class JsonWalk {
 public:
  JsonWalk(const IsSecret& is_secret, const Replace& secret)
      : is_secret_(is_secret), secret_(secret) {}

  std::string run(std::string_view body) {
    for (std::size_t at = 0; at < body.size();) {
      if (body[at] != '"') {
        at = number(body, at);
        if (at >= body.size() || body[at] == '"') continue;
        structure(body[at]);
        out_ += body[at++];
        continue;
      }
      const std::size_t end = end_of_string(body, at);
      text(body.substr(at, end - at), body.substr(end));
      at = end;
    }
    return std::move(out_);
  }

 private:
  void structure(char c) {
    if (c == '{' || c == '[') {
      hidden_.push_back(inside_secret() || member_is_secret_);
      if (c == '{') member_is_secret_ = false;
    } else if (c == '}' || c == ']') {
      if (!hidden_.empty()) hidden_.pop_back();
      member_is_secret_ = false;
    } else if (c == ',' && !inside_secret()) {
      member_is_secret_ = false;
    }
  }

  /// A secret may be a number.
  /// @return where it ends; `at` when there is none to be hidden
  std::size_t number(std::string_view body, std::size_t at) {
    constexpr std::string_view digits = "0123456789+-.eE";
    const bool begins = body[at] == '-' || (body[at] >= '0' && body[at] <= '9');
    if (!begins || (!inside_secret() && !member_is_secret_)) return at;
    const std::size_t end = std::min(body.size(), body.find_first_not_of(digits, at));
    out_.append("\"").append(secret_(body.substr(at, end - at))).append("\"");
    return end;
  }

  void text(std::string_view quoted, std::string_view rest) {
    const std::size_t next = rest.find_first_not_of(" \t\r\n");
    const bool is_name = next != std::string_view::npos && rest[next] == ':';
    const std::string_view inner = quoted.substr(1, quoted.size() < 2 ? 0 : quoted.size() - 2);
    if (is_name) {
      member_is_secret_ = is_secret_(inner);
      out_.append(quoted);
    } else if (inside_secret() || member_is_secret_) {
      out_.append("\"").append(secret_(inner)).append("\"");
    } else {
      out_.append(quoted);
    }
  }

  bool inside_secret() const { return !hidden_.empty() && hidden_.back(); }

  const IsSecret& is_secret_;
  const Replace& secret_;
  std::vector<bool> hidden_;
  bool member_is_secret_ = false;
  std::string out_;
};

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::string lower = lower_case(name);
  return std::find(secret_names.begin(), secret_names.end(), lower) != secret_names.end();
}

std::string redact_form(std::string_view body, const IsSecret& is_secret, const Replace& secret,
                        const Replace& other) {
  std::string out;
  for (;;) {
    const std::size_t end = body.find('&');
    const std::string_view parameter = body.substr(0, end);
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) {
      out += parameter;
    } else {
      const std::string name = wire::percent_decode(parameter.substr(0, equals));
      const std::string value = wire::percent_decode(parameter.substr(equals + 1));
      const std::string instead = any_part(name, is_secret) ? secret(value) : other(value);
      out.append(parameter.substr(0, equals + 1));
      out.append(instead == value ? std::string(parameter.substr(equals + 1))
                                  : wire::percent_encode(instead));
    }
    if (end == std::string_view::npos) return out;
    out += '&';
    body.remove_prefix(end + 1);
  }
}

std::string redact_xml(std::string_view body, const IsSecret& is_secret, const Replace& secret) {
  std::string out;
  std::vector<bool> hidden;
  while (!body.empty()) {
    if (body.front() != '<') {
      const std::string_view text = body.substr(0, body.find('<'));
      const bool hide = !hidden.empty() && hidden.back() && !trimmed(text).empty();
      out += hide ? secret(text) : std::string(text);
      body.remove_prefix(text.size());
      continue;
    }
    const std::size_t end = body.find('>');
    const std::string_view tag = body.substr(0, end == std::string_view::npos ? end : end + 1);
    out += tag;
    if (tag.starts_with("</")) {
      if (!hidden.empty()) hidden.pop_back();
    } else if (!tag.ends_with("/>") && !tag.starts_with("<?") && !tag.starts_with("<!")) {
      hidden.push_back((!hidden.empty() && hidden.back()) || is_secret(element_name(tag)));
    }
    body.remove_prefix(tag.size());
  }
  return out;
}

std::string redact_json(std::string_view body, const IsSecret& is_secret, const Replace& secret) {
  return JsonWalk(is_secret, secret).run(body);
}

}  // namespace albatross::recording
