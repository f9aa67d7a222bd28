#include "clients/elbv2_shapes.hpp"

namespace albatross::elbv2 {

static void write(QueryWriter& out, const TargetGroupTuple& group) {
  out.member("TargetGroupArn", group.target_group_arn);
  out.member("Weight", group.weight);
}

static void read(XmlReader& in, TargetGroupTuple& group) {
  in.member("TargetGroupArn", group.target_group_arn);
  in.member("Weight", group.weight);
}

static void write(QueryWriter& out, const TargetGroupStickinessConfig& config) {
  out.member("Enabled", config.enabled);
  out.member("DurationSeconds", config.duration_seconds);
}

static void read(XmlReader& in, TargetGroupStickinessConfig& config) {
  in.member("Enabled", config.enabled);
  in.member("DurationSeconds", config.duration_seconds);
}

static void write(QueryWriter& out, const ForwardActionConfig& config) {
  out.member("TargetGroups", config.target_groups);
  out.member("TargetGroupStickinessConfig", config.target_group_stickiness_config);
}

static void read(XmlReader& in, ForwardActionConfig& config) {
  in.member("TargetGroups", config.target_groups);
  in.member("TargetGroupStickinessConfig", config.target_group_stickiness_config);
}

static void write(QueryWriter& out, const RedirectActionConfig& config) {
  out.member("Protocol", config.protocol);
  out.member("Port", config.port);
  out.member("Host", config.host);
  out.member("Path", config.path);
  out.member("Query", config.query);
  out.member("StatusCode", config.status_code);
}

static void read(XmlReader& in, RedirectActionConfig& config) {
  in.member("Protocol", config.protocol);
  in.member("Port", config.port);
  in.member("Host", config.host);
  in.member("Path", config.path);
  in.member("Query", config.query);
  in.member("StatusCode", config.status_code);
}

static void write(QueryWriter& out, const FixedResponseActionConfig& config) {
  out.member("MessageBody", config.message_body);
  out.member("StatusCode", config.status_code);
  out.member("ContentType", config.content_type);
}

static void read(XmlReader& in, FixedResponseActionConfig& config) {
  in.member("MessageBody", config.message_body);
  in.member("StatusCode", config.status_code);
  in.member("ContentType", config.content_type);
}

void write(QueryWriter& out, const Action& action) {
  out.member("Type", action.type);
  out.member("TargetGroupArn", action.target_group_arn);
  out.member("Order", action.order);
  out.member("RedirectConfig", action.redirect_config);
  out.member("FixedResponseConfig", action.fixed_response_config);
  out.member("ForwardConfig", action.forward_config);
}

void read(XmlReader& in, Action& action) {
  in.member("Type", action.type);
  in.member("TargetGroupArn", action.target_group_arn);
  in.member("Order", action.order);
  in.member("RedirectConfig", action.redirect_config);
  in.member("FixedResponseConfig", action.fixed_response_config);
  in.member("ForwardConfig", action.forward_config);
}

}  // namespace albatross::elbv2
