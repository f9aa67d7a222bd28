#pragma once

#include "albatross/clients/elbv2.hpp"

#include "clients/query_operation.hpp"
#include "clients/tag_codec.hpp"

// What the areas of ELBv2 share.

namespace albatross::elbv2 {

using wire::call;
using wire::call_for_all;
using wire::Elbv2Operation;
using wire::OperationInfo;
using wire::QueryWriter;
using wire::Repeat;
using wire::XmlReader;

/// One area of ELBv2 each.
std::vector<OperationInfo> load_balancer_operations();
std::vector<OperationInfo> target_group_operations();
std::vector<OperationInfo> listener_operations();
std::vector<OperationInfo> certificate_operations();
std::vector<OperationInfo> rule_operations();
std::vector<OperationInfo> tag_operations();

inline void read(XmlReader&, Done&) {}

inline void write(QueryWriter& out, const Attribute& attribute) {
  out.member("Key", attribute.key);
  out.required("Value", attribute.value);
}

inline void read(XmlReader& in, Attribute& attribute) {
  in.member("Key", attribute.key);
  in.member("Value", attribute.value);
}

/// The page of a listing.
template <class Request>
void write_page(QueryWriter& out, const Request& request) {
  out.member("PageSize", request.page_size);
  out.member("Marker", request.marker);
}

inline void write(QueryWriter& out, const Certificate& certificate) {
  out.member("CertificateArn", certificate.certificate_arn);
}

inline void read(XmlReader& in, Certificate& certificate) {
  in.member("CertificateArn", certificate.certificate_arn);
  in.member("IsDefault", certificate.is_default);
}

// Defined in elbv2_actions.cpp.
void write(QueryWriter& out, const Action& action);
void read(XmlReader& in, Action& action);

}  // namespace albatross::elbv2
