// What a simulated call, and a simulated account, cost in process.
#include "albatross/sim/cloud.hpp"

#include "figures.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace albatross::bench {
namespace {

using sim::Cloud;
using sim::CloudOptions;

const WallTime wall{std::chrono::seconds{1'767'225'600}};
const TimePoint start{std::chrono::hours{1}};

http::Request query(const std::string& host, const std::string& version, const std::string& body) {
  http::Request request;
  request.method = "POST";
  request.origin.host = host + ".us-east-1.amazonaws.com";
  request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = body + "&Version=" + version;
  return request;
}

http::Request ec2(const std::string& body) {
  return query("ec2", "2016-11-15", body);
}
http::Request elb(const std::string& body) {
  return query("elasticloadbalancing", "2015-12-01", body);
}

std::string between(const std::string& text, const std::string& open) {
  const auto at = text.find(open);
  if (at == std::string::npos) {
    std::fprintf(stderr, "sim: no %s in %s\n", open.c_str(), text.c_str());
    std::abort();
  }
  const auto from = at + open.size();
  return text.substr(from, text.find('<', from) - from);
}

/// An account with a load balancer and two instances behind it, and the calls that a deployment
/// makes most: polls of each kind, and a create and a delete.
class Account {
 public:
  Account() : cloud_(options()) {
    const auto subnets = ask(ec2("Action=DescribeSubnets"));
    const std::string a = between(subnets, "<subnetId>");
    const std::string b = between(subnets.substr(subnets.find(a) + a.size()), "<subnetId>");
    const std::string vpc = between(subnets, "<vpcId>");
    const auto run =
        ask(ec2("Action=RunInstances&ImageId=ami-0a1b2c3d4e5f60001&InstanceType=t3.micro&MinCount=2"
                "&MaxCount=2&SubnetId=" +
                a));
    const std::string instance = between(run, "<instanceId>");
    const auto lb = between(ask(elb("Action=CreateLoadBalancer&Name=b&Subnets.member.1=" + a +
                                    "&Subnets.member.2=" + b)),
                            "<LoadBalancerArn>");
    const auto group =
        between(ask(elb("Action=CreateTargetGroup&Name=b&Protocol=HTTP&Port=80&VpcId=" + vpc)),
                "<TargetGroupArn>");
    ask(elb(
        "Action=CreateListener&Protocol=HTTP&Port=80&LoadBalancerArn=" + lb +
        "&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn=" + group));
    now_ += std::chrono::minutes{1};
    ask(elb("Action=RegisterTargets&TargetGroupArn=" + group + "&Targets.member.1.Id=" + instance));
    calls_ = {
        ec2("Action=DescribeInstances&InstanceId.1=" + instance),
        elb("Action=DescribeTargetHealth&TargetGroupArn=" + group),
        elb("Action=DescribeLoadBalancers&Names.member.1=b"),
        ec2("Action=DescribeSubnets&Filter.1.Name=vpc-id&Filter.1.Value.1=" + vpc),
        ec2("Action=DescribeSecurityGroups&MaxResults=100"),
        ec2("Action=CreateTags&ResourceId.1=" + instance + "&Tag.1.Key=k&Tag.1.Value=v"),
        elb("Action=DescribeTags&ResourceArns.member.1=" + group),
        query("sts", "2011-06-15", "Action=GetCallerIdentity"),
        ec2("Action=DescribeNetworkInterfaces&Filter.1.Name=description&Filter.1.Value.1=ELB%20*"),
        ec2("Action=DeleteVpc&VpcId=vpc-0123456789abcdef0"),
    };
  }

  void one() {
    now_ += std::chrono::milliseconds{1};
    keep(cloud_.handle(calls_[next_], now_, wall));
    next_ = (next_ + 1) % calls_.size();
  }

 private:
  static CloudOptions options() {
    CloudOptions options;
    options.verify_signatures = false;
    return options;
  }
  std::string ask(const http::Request& request) {
    const auto response = cloud_.handle(request, now_, wall);
    if (response.status >= 400) {
      std::fprintf(stderr, "sim: %s\n", response.body.c_str());
      std::abort();
    }
    return response.body;
  }

  Cloud cloud_;
  TimePoint now_ = start;
  std::vector<http::Request> calls_;
  std::size_t next_ = 0;
};

std::vector<Figure> run() {
  Account account;
  const Times calls = interleave([&] { account.one(); }, [] {});
  const Times fresh = interleave([] { keep(Cloud(CloudOptions{})); }, [] {});
  return {
      {"sim/call", calls.work_ns, "ns", "", 0, "<= 5000 (200,000 mixed calls a second)"},
      {"sim/fresh_cloud", fresh.work_ns, "ns", "", 0, "<= 100000"},
  };
}

const bool added = add("sim", run);

}  // namespace
}  // namespace albatross::bench
