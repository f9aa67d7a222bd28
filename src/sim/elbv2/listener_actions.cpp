#include "sim/elbv2/common.hpp"

#include <algorithm>

namespace albatross::sim::elbv2 {
namespace {

WeightedGroup read_weighted(Call& call, std::string_view arn, std::int64_t weight,
                            const std::string& load_balancer) {
  const TargetGroup& group = target_group_of(call, arn);
  if (!group.load_balancer.empty() && group.load_balancer != load_balancer) {
    refuse("TargetGroupAssociationLimit",
           cat("The following target groups cannot be associated with more than one load "
               "balancer: ",
               arn));
  }
  const LoadBalancer& lb = call.world.load_balancers.at(load_balancer);
  if (group.vpc != lb.vpc) {
    refuse("InvalidConfigurationRequest",
           "The target group and the load balancer belong to different VPCs");
  }
  const bool http = group.protocol == "HTTP" || group.protocol == "HTTPS";
  if (http != (lb.type == "application")) {
    refuse("InvalidConfigurationRequest",
           cat("The protocol of target group '", arn, "' is not compatible with the listener"));
  }
  return {std::string(arn), static_cast<int>(weight)};
}

void read_forward(Call& call, Param given, const std::string& load_balancer,
                  ListenerAction& action) {
  const Param config = given["ForwardConfig"];
  const auto groups = config["TargetGroups"].items();
  if (groups.size() > 5) {
    refuse("TooManyTargetGroups", "A forward action can have at most 5 target groups");
  }
  for (const Param group : groups) {
    action.groups.push_back(read_weighted(call, group["TargetGroupArn"].text(),
                                          group["Weight"].number_or(1), load_balancer));
  }
  if (const Param arn = given["TargetGroupArn"]) {
    action.by_arn = groups.empty();
    if (groups.empty()) {
      action.groups.push_back(read_weighted(call, arn.text(), 1, load_balancer));
    }
  }
  if (action.groups.empty()) {
    refuse("ValidationError", "A target group ARN must be specified");
  }
  const Param stickiness = config["TargetGroupStickinessConfig"];
  action.sticky = stickiness["Enabled"].is_true();
  action.sticky_seconds = static_cast<int>(stickiness["DurationSeconds"].number_or(0));
}

void read_redirect(Param config, ListenerAction& action) {
  action.protocol = config["Protocol"].text_or("#{protocol}");
  action.port = config["Port"].text_or("#{port}");
  action.host = config["Host"].text_or("#{host}");
  action.path = config["Path"].text_or("/#{path}");
  action.query = config["Query"].text_or("#{query}");
  action.status_code = config["StatusCode"].str();
  const bool changed = action.protocol != "#{protocol}" || action.port != "#{port}" ||
                       action.host != "#{host}" || action.path != "/#{path}";
  if (!changed) {
    refuse("InvalidLoadBalancerAction", "The redirect action would redirect to itself in a loop");
  }
}

void read_fixed(Param config, ListenerAction& action) {
  action.status_code = config["StatusCode"].str();
  action.message_body = config["MessageBody"].str();
  action.content_type = config["ContentType"].text_or("text/plain");
  const bool code = action.status_code.size() == 3 &&
                    (action.status_code[0] == '2' || action.status_code[0] == '4' ||
                     action.status_code[0] == '5');
  if (!code) {
    refuse("InvalidLoadBalancerAction", "The fixed response status code must be 2XX, 4XX or 5XX");
  }
}

ListenerAction read_action(Call& call, Param given, const std::string& load_balancer) {
  ListenerAction action;
  action.type = given["Type"].str();
  action.order = static_cast<int>(given["Order"].number_or(0));
  if (action.type == "forward") {
    read_forward(call, given, load_balancer, action);
  } else if (action.type == "redirect") {
    if (!given["RedirectConfig"]) refuse("ValidationError", "A redirect config must be specified");
    read_redirect(given["RedirectConfig"], action);
  } else if (action.type == "fixed-response") {
    if (!given["FixedResponseConfig"]) {
      refuse("ValidationError", "A fixed response config must be specified");
    }
    read_fixed(given["FixedResponseConfig"], action);
  } else {
    refuse("InvalidLoadBalancerAction",
           cat("Actions of type '", action.type, "' are not simulated"));
  }
  return action;
}

void write_forward(Call& call, const ListenerAction& action) {
  Xml& out = call.out;
  if (action.groups.size() == 1) out.leaf("TargetGroupArn", action.groups.front().arn);
  out.in("ForwardConfig", [&] {
    out.in("TargetGroups", [&] {
      for (const WeightedGroup& group : action.groups) {
        out.in("member", [&] {
          out.leaf("TargetGroupArn", group.arn);
          out.leaf("Weight", group.weight);
        });
      }
    });
    out.in("TargetGroupStickinessConfig", [&] {
      out.leaf("Enabled", action.sticky);
      if (action.sticky_seconds > 0) out.leaf("DurationSeconds", action.sticky_seconds);
    });
  });
}

void write_redirect(Call& call, const ListenerAction& action) {
  call.out.in("RedirectConfig", [&] {
    call.out.leaf("Protocol", action.protocol);
    call.out.leaf("Port", action.port);
    call.out.leaf("Host", action.host);
    call.out.leaf("Path", action.path);
    call.out.leaf("Query", action.query);
    call.out.leaf("StatusCode", action.status_code);
  });
}

void write_fixed(Call& call, const ListenerAction& action) {
  call.out.in("FixedResponseConfig", [&] {
    call.out.leaf_if("MessageBody", action.message_body);
    call.out.leaf("StatusCode", action.status_code);
    call.out.leaf("ContentType", action.content_type);
  });
}

}  // namespace

std::vector<ListenerAction> read_actions(Call& call, Param actions,
                                         const std::string& load_balancer) {
  std::vector<ListenerAction> read;
  for (const Param given : actions.items()) {
    read.push_back(read_action(call, given, load_balancer));
  }
  if (read.empty()) refuse("ValidationError", "At least one action must be specified");
  if (read.size() > 1) {
    refuse("InvalidLoadBalancerAction",
           "Exactly one of forward, redirect and fixed-response must be the last action");
  }
  if (read.front().order == 0) read.front().order = 1;
  return read;
}

void write_actions(Call& call, const char* element, const std::vector<ListenerAction>& actions) {
  call.out.in(element, [&] {
    for (const ListenerAction& action : actions) {
      call.out.in("member", [&] {
        call.out.leaf("Type", action.type);
        call.out.leaf("Order", action.order);
        if (action.type == "forward") write_forward(call, action);
        if (action.type == "redirect") write_redirect(call, action);
        if (action.type == "fixed-response") write_fixed(call, action);
      });
    }
  });
}

}  // namespace albatross::sim::elbv2
