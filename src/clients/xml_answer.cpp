#include "clients/xml_answer.hpp"

#include "clients/malformed.hpp"

#include <pugixml.hpp>

namespace albatross::wire {
namespace {

// Plain text becomes the value of its element instead of a node of its own: fewer allocations.
constexpr unsigned parse_options = pugi::parse_default | pugi::parse_embed_pcdata;

}  // namespace

XmlAnswer::XmlAnswer(QueryDialect dialect, std::string_view action, std::string body)
    : dialect_(dialect), body_(std::move(body)), document_(std::make_unique<pugi::xml_document>()) {
  const auto result = document_->load_buffer_inplace(body_.data(), body_.size(), parse_options,
                                                     pugi::encoding_utf8);
  if (!result) {
    throw Malformed(std::string(result.description()) + " (at byte " +
                    std::to_string(result.offset) + ")");
  }
  const pugi::xml_node root = document_->document_element();
  const std::string expected = std::string(action) + "Response";
  if (root.name() != expected) {
    throw Malformed("<" + expected + "> was expected, not <" + root.name() + ">");
  }
  // Query services wrap the members, except some of those without any.
  const pugi::xml_node wrapped = root.child((std::string(action) + "Result").c_str());
  members_ = (wrapped ? wrapped : root).internal_object();
}

XmlAnswer::~XmlAnswer() = default;

XmlReader XmlAnswer::reader() const {
  return XmlReader(dialect_, members_);
}

}  // namespace albatross::wire
