#pragma once

#include "clients/xml_reader.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;  // NOLINT(readability-identifier-naming): the library's own name
}

namespace albatross::wire {

/// The body of a successful answer of a Query service, parsed in place.
class XmlAnswer {
 public:
  /// @throws Malformed when it is no XML or not the answer to `action`: what is not from AWS (the
  /// login page of a network, say) can have status 200, too.
  XmlAnswer(QueryDialect dialect, std::string_view action, std::string body);
  ~XmlAnswer();
  XmlAnswer(const XmlAnswer&) = delete;
  XmlAnswer& operator=(const XmlAnswer&) = delete;

  /// Stands on the element that holds the members. Must not outlive this object.
  XmlReader reader() const;

 private:
  QueryDialect dialect_;
  std::string body_;
  std::unique_ptr<pugi::xml_document> document_;
  XmlReader::Node* members_ = nullptr;
};

}  // namespace albatross::wire
