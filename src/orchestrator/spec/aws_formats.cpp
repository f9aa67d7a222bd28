#include "orchestrator/spec/aws_formats.hpp"

#include "orchestrator/spec/characters.hpp"
#include "orchestrator/spec/cidr.hpp"
#include "orchestrator/spec/formats.hpp"
#include "orchestrator/spec/suggest.hpp"

#include <algorithm>
#include <array>

namespace albatross::spec {
namespace {

/// Lower-case words of letters and digits joined by single hyphens, a letter first.
bool is_label(std::string_view text) {
  return !text.empty() && is_lower(text[0]) && every_part(text, '-', [](std::string_view part) {
    return !part.empty() && all_of(part, [](char c) { return is_lower(c) || is_digit(c); });
  });
}
constexpr std::string_view label_pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// "us-east-1", "us-gov-west-1", "eusc-de-east-1".
bool is_region(std::string_view text) {
  const auto last = text.rfind('-');
  if (last == std::string_view::npos) return false;
  const auto number = text.substr(last + 1);
  const auto words = text.substr(0, last);
  return !number.empty() && number.size() <= 2 && all_of(number, is_digit) &&
         contains(words, '-') && words.find('-') >= 2 &&
         every_part(words, '-',
                    [](std::string_view part) { return !part.empty() && all_of(part, is_lower); });
}

/// "us-east-1a", and "us-east-1-bos-1a" of a local zone.
bool is_zone(std::string_view text) {
  if (text.empty() || !is_lower(text.back())) return false;
  text.remove_suffix(1);
  if (is_region(text)) return true;
  const auto place = text.rfind('-');
  const auto city = place == std::string_view::npos || place == 0 ? std::string_view::npos
                                                                  : text.rfind('-', place - 1);
  return city != std::string_view::npos && is_region(text.substr(0, city)) &&
         all_of(text.substr(city + 1, place - city - 1), is_lower) && place > city + 1 &&
         place + 1 < text.size() && all_of(text.substr(place + 1), is_digit);
}

/// `prefix` and 8 or 17 hexadecimal digits.
bool is_resource_id(std::string_view text, std::string_view prefix) {
  return consume(text, prefix) && (text.size() == 8 || text.size() == 17) &&
         all_of(text, is_lower_hex);
}

bool is_vpc_choice(std::string_view text) {
  return text == "default" || text == "create" || is_resource_id(text, "vpc-");
}

bool is_block(std::string_view text) {
  const auto cidr = parse_cidr(text);
  return cidr && !cidr->has_host_bits();
}

std::string why_not_block(std::string_view text) {
  const auto cidr = parse_cidr(text);
  if (cidr && cidr->has_host_bits()) return "host bits are set, the block is " + network_of(*cidr);
  if (parse_cidr(std::string(text) + "/32"))
    return "the prefix length is missing; for one address add /32";
  if (contains(text, ':')) return "it looks like IPv6, which is not supported here";
  return {};
}

std::string why_not_any_block(std::string_view text) {
  if (!contains(text, ':')) return why_not_block(text);
  return contains(text, '/') ? "" : "the prefix length is missing; for one address add /128";
}

bool is_vpc_block(std::string_view text) {
  const auto cidr = parse_cidr(text);
  return cidr && !cidr->has_host_bits() && cidr->prefix >= 16 && cidr->prefix <= 24;
}

bool is_size(std::string_view text) {
  static constexpr std::array sizes = {"nano",  "micro",  "small", "medium",
                                       "large", "xlarge", "metal"};
  if (std::find(sizes.begin(), sizes.end(), text) != sizes.end()) return true;
  const bool metal = consume(text, "metal-");
  const auto unit = metal ? std::string_view("xl") : std::string_view("xlarge");
  if (!text.ends_with(unit)) return false;
  text.remove_suffix(unit.size());
  return !text.empty() && text.size() <= 3 && all_of(text, is_digit);
}

bool is_instance_type(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return false;
  const auto family = text.substr(0, dot);
  return is_label(family) && std::any_of(family.begin(), family.end(), is_digit) &&
         is_size(text.substr(dot + 1));
}

bool is_image(std::string_view text) {
  if (!consume(text, "resolve:ssm:")) return is_resource_id(text, "ami-");
  return !text.empty() &&
         all_of(text, [](char c) { return is_alphanumeric(c) || contains("/_.-:", c); });
}

bool is_mount_path(std::string_view text) {
  static constexpr std::array taken = {"bin",  "boot", "dev",  "etc", "lib", "lib64", "proc",
                                       "root", "run",  "sbin", "sys", "tmp", "usr",   "var"};
  if (text.size() < 2 || text[0] != '/') return false;
  const bool clean = every_part(text.substr(1), '/', [](std::string_view part) {
    return !part.empty() && part != "." && part != ".." &&
           all_of(part, [](char c) { return is_alphanumeric(c) || contains("._-", c); });
  });
  return clean && std::find(taken.begin(), taken.end(), text.substr(1)) == taken.end();
}

bool is_url_path(std::string_view text) {
  return text.starts_with('/') && all_of(text, is_printable_ascii);
}

std::string why_not_url_path(std::string_view text) {
  return text.starts_with("http") ? "it is a whole URL" : "";
}

bool is_status_code(std::string_view text) {
  return text.size() == 3 && text[0] >= '2' && text[0] <= '4' && all_of(text, is_digit);
}

bool is_status_codes(std::string_view text) {
  return every_part(text, ',', [](std::string_view part) {
    const auto dash = part.find('-');
    const auto from = part.substr(0, dash);
    if (dash == std::string_view::npos) return is_status_code(from);
    const auto to = part.substr(dash + 1);
    return is_status_code(from) && is_status_code(to) && from <= to;
  });
}

bool is_path_pattern(std::string_view text) {
  return (text.starts_with('/') || text.starts_with('*')) &&
         all_of(text, [](char c) { return is_alphanumeric(c) || contains("_-.$/~\"'@:+&*?", c); });
}

/// "arn:<partition>:<service>:<region>:<account>:<rest>".
bool is_certificate_arn(std::string_view text) {
  if (!consume(text, "arn:aws")) return false;
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const auto partition = text.substr(0, colon);
  text.remove_prefix(colon + 1);
  const bool iam = consume(text, "iam::");
  if (!iam && !consume(text, "acm:")) return false;
  if (!iam) {
    const auto region = text.substr(0, text.find(':'));
    if (!is_region(region)) return false;
    text.remove_prefix(std::min(text.size(), region.size() + 1));
  }
  const auto account = text.substr(0, text.find(':'));
  text.remove_prefix(std::min(text.size(), account.size() + 1));
  const bool name = consume(text, iam ? "server-certificate/" : "certificate/") && !text.empty();
  return name && account.size() == 12 && all_of(account, is_digit) &&
         all_of(partition, [](char c) { return is_lower(c) || c == '-'; }) &&
         all_of(text, [](char c) { return is_alphanumeric(c) || contains("-_/+=,.@", c); });
}

bool is_tag_text(std::string_view text) {
  return all_of(text, [](char c) {
    return is_alphanumeric(c) || contains(" +-=._:/@", c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_tag_key(std::string_view text) {
  return !text.empty() && is_tag_text(text) && text != "Name" && !text.starts_with("albatross:") &&
         !same_word(text.substr(0, 4), "aws:");
}

std::string why_not_tag_key(std::string_view text) {
  if (text == "Name") return "each resource is given a Name of its own";
  if (text.starts_with("albatross:")) return "albatross: marks what belongs to a stack";
  return same_word(text.substr(0, 4), "aws:") ? "the prefix aws: is reserved" : "";
}

bool is_key_name(std::string_view text) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
         all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '\x7f'; });
}

}  // namespace

Format<std::string> stack_name() {
  return text_by({.expected = "lower-case letters, digits and single hyphens, a letter first, at "
                              "most 40 characters",
                  .pattern = std::string(label_pattern),
                  .accepts = is_label,
                  .longest = 40});
}

Format<std::string> service_name() {
  return text_by({.expected = "a name of lower-case letters, digits and single hyphens, a letter "
                              "first, at most 32 characters",
                  .pattern = std::string(label_pattern),
                  .accepts = is_label,
                  .longest = 32});
}

Format<std::string> region_name() {
  return text_by({.expected = "a region such as us-east-1",
                  .pattern = "^[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}$",
                  .accepts = is_region});
}

Format<std::string> zone_name() {
  return text_by({.expected = "an availability zone such as us-east-1a",
                  .pattern = "^[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}(-[a-z]+-[0-9]+)?[a-z]$",
                  .accepts = is_zone});
}

Format<std::string> subnet_id() {
  return text_by({.expected = "a subnet id: subnet- and 8 or 17 hexadecimal digits",
                  .pattern = "^subnet-([0-9a-f]{8}|[0-9a-f]{17})$",
                  .accepts = [](std::string_view t) { return is_resource_id(t, "subnet-"); }});
}

Format<std::string> vpc_choice() {
  auto format = text_by({.expected = "default, create, or a VPC's id: vpc- and 8 or 17 hexadecimal "
                                     "digits",
                         .pattern = "^(default|create|vpc-([0-9a-f]{8}|[0-9a-f]{17}))$",
                         .accepts = is_vpc_choice});
  format.words = {"default", "create"};
  return format;
}

Format<std::string> cidr_block() {
  return text_by({.expected = "an IPv4 block such as 203.0.113.0/24, its host bits zero",
                  .pattern = R"(^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$)",
                  .accepts = is_block,
                  .reason = why_not_block});
}

Format<std::string> vpc_cidr() {
  return text_by({.expected = "an IPv4 block of /16 to /24, its host bits zero",
                  .pattern = R"(^([0-9]{1,3}\.){3}[0-9]{1,3}/(1[6-9]|2[0-4])$)",
                  .accepts = is_vpc_block,
                  .reason = why_not_block});
}

Format<std::string> security_group_id() {
  return text_by({.expected = "a security group's id: sg- and 8 or 17 hexadecimal digits",
                  .pattern = "^sg-([0-9a-f]{8}|[0-9a-f]{17})$",
                  .accepts = [](std::string_view t) { return is_resource_id(t, "sg-"); }});
}

Format<std::string> file_system_id() {
  return text_by({.expected = "a file system's id: fs- and 8 or 17 hexadecimal digits",
                  .pattern = "^fs-([0-9a-f]{8}|[0-9a-f]{17})$",
                  .accepts = [](std::string_view t) { return is_resource_id(t, "fs-"); }});
}

Format<std::string> instance_id() {
  return text_by({.expected = "an instance's id: i- and 8 or 17 hexadecimal digits",
                  .pattern = "^i-([0-9a-f]{8}|[0-9a-f]{17})$",
                  .accepts = [](std::string_view t) { return is_resource_id(t, "i-"); }});
}

Format<std::string> any_cidr_block() {
  return text_by({.expected = "an IPv4 or IPv6 block such as 203.0.113.0/24 or 2001:db8::/32, its "
                              "host bits zero",
                  .pattern = "^[0-9A-Fa-f.:]+/[0-9]{1,3}$",
                  .accepts = [](std::string_view t) { return is_block(t) || is_ipv6_block(t); },
                  .reason = why_not_any_block});
}

Format<std::string> instance_type() {
  return text_by({.expected = "an instance type such as t3.small",
                  .pattern = R"(^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|[0-9]{0,3}xlarge|)"
                             R"(metal(-[0-9]{1,3}xl)?)$)",
                  .accepts = is_instance_type});
}

Format<std::string> image_id() {
  return text_by({.expected = "an image: ami- and 8 or 17 hexadecimal digits, or "
                              "resolve:ssm:<parameter>",
                  .pattern = "^(ami-([0-9a-f]{8}|[0-9a-f]{17})|resolve:ssm:[A-Za-z0-9/_.:-]+)$",
                  .accepts = is_image});
}

Format<std::string> key_pair_name() {
  return text_by({.expected = "the name of an EC2 key pair, at most 255 characters",
                  .pattern = "^.+$",
                  .accepts = is_key_name,
                  .longest = 255});
}

Format<std::string> mount_path() {
  return text_by({.expected = "an absolute folder such as /mnt/efs: letters, digits, '.', '_' and "
                              "'-', no folder of the system itself",
                  .pattern = "^(/[A-Za-z0-9._-]+)+$",
                  .accepts = is_mount_path,
                  .longest = 255});
}

Format<std::string> health_check_path() {
  return text_by(
      {.expected = "a path that starts with '/', without spaces, at most 1024 characters",
       .pattern = "^/[!-~]*$",
       .accepts = is_url_path,
       .reason = why_not_url_path,
       .longest = 1024});
}

Format<std::string> status_codes() {
  auto format = loose_text_by({.expected = R"(status codes from 200 to 499, such as "200", )"
                                           R"("200,202" or "200-299")",
                               .pattern = {},
                               .accepts = is_status_codes});
  format.schema =
      R"({"anyOf":[{"type":"integer","minimum":200,"maximum":499},{"type":"string","pattern":)"
      R"("^[2-4][0-9]{2}(-[2-4][0-9]{2})?(,[2-4][0-9]{2}(-[2-4][0-9]{2})?)*$"}]})";
  return format;
}

Format<std::string> path_pattern() {
  return text_by({.expected = "a path pattern such as /api/*: '/' or '*' first, no spaces, at most "
                              "128 characters",
                  .pattern = R"(^[/*][A-Za-z0-9_.$/~"'@:+&*?-]*$)",
                  .accepts = is_path_pattern,
                  .reason = why_not_url_path,
                  .longest = 128});
}

Format<std::string> certificate_arn() {
  return text_by({.expected = "a certificate's ARN such as "
                              "arn:aws:acm:us-east-1:123456789012:certificate/<id>",
                  .pattern = "^arn:aws[a-z-]*:(acm:[a-z0-9-]+:[0-9]{12}:certificate/|"
                             "iam::[0-9]{12}:server-certificate/)[A-Za-z0-9/_+=,.@-]+$",
                  .accepts = is_certificate_arn});
}

Format<std::string> tag_key() {
  return loose_text_by({.expected = "a tag's key: 1 to 128 letters, digits, spaces and + - = . _ : "
                                    "/ @",
                        .pattern = {},
                        .accepts = is_tag_key,
                        .reason = why_not_tag_key,
                        .longest = 128});
}

Format<std::string> any_tag_key() {
  return loose_text_by({.expected = "a tag's key: 1 to 128 letters, digits, spaces and + - = . _ : "
                                    "/ @",
                        .pattern = {},
                        .accepts = [](std::string_view t) { return !t.empty() && is_tag_text(t); },
                        .longest = 128});
}

Format<std::string> tag_value() {
  return loose_text_by({.expected =
                            "a tag's value: at most 256 letters, digits, spaces and + - = . "
                            "_ : / @",
                        .pattern = {},
                        .accepts = is_tag_text,
                        .longest = 256});
}

Format<int> tier_number() {
  auto format = number_between<int>(1, 2, "a tier");
  format.expected = "1 or 2";
  format.schema = R"({"enum":[1,2]})";
  format.parse = [](const Value& value, std::string& reason) -> std::optional<int> {
    if (value.is(Value::Kind::scalar) && same_word(value.text, "gpu"))
      reason = "gpu is Tier 3, which this version does not build";
    if (value.is(Value::Kind::scalar) && value.text == "3")
      reason = "Tier 3 (gpu) is not built by this version";
    const bool known = value.text == "1" || value.text == "2";
    if (known && !value.plain) reason = "it is text, because it stands in quotes";
    return known && value.plain ? std::optional(value.text[0] - '0') : std::nullopt;
  };
  return format;
}

bool is_arm_type(std::string_view instance_type) {
  const auto family = instance_type.substr(0, instance_type.find('.'));
  const bool grace = family.find("-gb") != std::string_view::npos;
  if (family == "a1" || grace) return true;
  const auto digit = std::find_if(family.begin(), family.end(), is_digit);
  const auto attributes = std::find_if_not(digit, family.end(), is_digit);
  // Only what follows the generation counts: g4dn has a graphics card, c7gn a Graviton.
  const auto end = std::find(attributes, family.end(), '-');
  return std::find(attributes, end, 'g') != end;
}

}  // namespace albatross::spec
