#include "sigv4/canonical_request.hpp"

#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"

#include <cstring>

namespace albatross::sigv4::detail {
namespace {

constexpr std::string_view empty_payload_hash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Removes "." and empty segments, lets ".." take its predecessor away, keeps a slash at the end.
void append_normalized(Buffer& out, std::string_view path) {
  for_each_piece(path, '/', [&out](std::string_view segment) {
    if (segment == ".") return;
    if (segment == "..") {
      const std::size_t parent = out.view().rfind('/');
      if (parent != std::string_view::npos) out.shrink_to(parent);
      return;
    }
    out.append('/');
    out.append(segment);
  });
  if (out.empty() || path.back() == '/') out.append('/');
}

}  // namespace

PayloadHash::PayloadHash(std::string_view body, bool unsigned_payload) : size_(sizeof text_) {
  if (unsigned_payload) {
    size_ = names::unsigned_payload.copy(text_, sizeof text_);
  } else if (body.empty()) {
    empty_payload_hash.copy(text_, sizeof text_);
  } else {
    write_hex(text_, Sha256().update(body).finish());
  }
}

void Canonicaliser::clear() {
  headers.clear();
  query.clear();
}

void Canonicaliser::append_path(Buffer& out, std::string_view path, const ServiceRules& rules) {
  if (path.empty() || path == "/") return out.append('/');
  if (rules.normalize_path) {
    path_.clear();
    append_normalized(path_, path);
    path = path_.view();
  }
  if (rules.double_encode_path) {
    append_encoded(out, path, Slash::kept);
  } else {
    out.append(path);
  }
}

void Canonicaliser::append_front(Buffer& out, std::string_view method, std::string_view path,
                                 const ServiceRules& rules) {
  headers.sort();
  query.sort();
  out.append(method);
  out.append('\n');
  append_path(out, path, rules);
  out.append('\n');
  query.append_joined(out);
  out.append('\n');
  headers.append_lines(out);
  out.append('\n');
  headers.append_names(out);
  out.append('\n');
}

}  // namespace albatross::sigv4::detail

namespace albatross::sigv4 {

std::string canonical_request(const RequestView& request, const ServiceRules& rules) {
  detail::Canonicaliser canonicaliser;
  for (const HeaderView& header : request.headers) {
    if (detail::is_named(header.name, detail::names::authorization)) continue;
    if (rules.omit_session_token && detail::is_named(header.name, detail::names::security_token))
      continue;
    canonicaliser.headers.add(header.name, header.value);
  }
  canonicaliser.query.add(request.query, rules.omit_session_token
                                             ? detail::names::query_security_token
                                             : std::string_view{});
  detail::Buffer text;
  canonicaliser.append_front(text, request.method, request.path, rules);
  text.append(detail::PayloadHash(request.body, rules.unsigned_payload).view());
  return std::string(text.view());
}

}  // namespace albatross::sigv4
