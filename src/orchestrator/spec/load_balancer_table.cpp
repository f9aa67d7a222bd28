#include "orchestrator/spec/aws_formats.hpp"
#include "orchestrator/spec/balancing_tables.hpp"
#include "orchestrator/spec/formats.hpp"
#include "orchestrator/spec/shorthand.hpp"

namespace albatross::spec {
namespace {

using std::chrono::seconds;

void set_certificates(ListenerSpec& listener, std::vector<std::string> arns) {
  listener.certificates = std::move(arns);
}

void log_access_to(LoadBalancerAttributesSpec& attributes, std::string bucket) {
  attributes.access_logs.bucket = std::move(bucket);
}

void log_connections_to(LoadBalancerAttributesSpec& attributes, std::string bucket) {
  attributes.connection_logs.bucket = std::move(bucket);
}

const Section<ListenerSpec>& listener_table() {
  using L = ListenerSpec;
  static const Section<L> table =
      Section<L>{
          defaulting_to("80 for HTTP, 443 for HTTPS",
                        member("port", &L::port, port_number(), "The port that it listens on.")),
          member("protocol", &L::protocol, word({"HTTP", "HTTPS"}), "HTTPS needs a certificate."),
          defaulting_to(
              "the first service without a route, else the first service",
              member("default_service", &L::default_service, any_text("the name of a service"),
                     "The service that gets what no rule matches. Instead of one: forward, "
                     "redirect or fixed_response.")),
      } +
      inside(&L::default_action, action_table()) +
      Section<L>{
          member("certificate", set_certificates, one_or_more(certificate_arn()),
                 "The certificate of an HTTPS listener, from ACM or IAM; of several, the first is "
                 "the default one, SNI chooses from the others.",
                 "none"),
          member("ssl_policy", &L::ssl_policy, ssl_policy(),
                 "The TLS versions and ciphers of an HTTPS listener."),
          member("existing", &L::existing, flag(),
                 "It is there already, on a load balancer that exists: only rules are added."),
      };
  return table;
}

const Section<RuleSpec>& rule_table() {
  using R = RuleSpec;
  static const Section<R> table =
      inside(&R::route, route_table()) + inside(&R::action, action_table()) +
      Section<R>{
          defaulting_to("all that do not redirect everything",
                        list("listeners", &R::listeners, port_number(), 1,
                             "The ports of the listeners that have this rule.")),
      };
  return table;
}

const Section<LogsSpec>& logs_table() {
  using L = LogsSpec;
  static const Section<L> table = {
      required(member("bucket", &L::bucket, bucket_name(),
                      "The S3 bucket, whose policy must let Elastic Load Balancing write.")),
      defaulting_to("none", member("prefix", &L::prefix, log_prefix(), "A folder in the bucket.")),
  };
  return table;
}

const Section<LoadBalancerAttributesSpec>& attributes_table() {
  using A = LoadBalancerAttributesSpec;
  static const Section<A> table = {
      optional_member("idle_timeout", &A::idle_timeout, seconds_between(seconds{1}, seconds{4000}),
                      "How long a connection may be silent.", "1m"),
      optional_member("client_keep_alive", &A::client_keep_alive,
                      seconds_between(seconds{60}, seconds{604800}),
                      "How long a client may keep its connection.", "1h"),
      optional_member("deletion_protection", &A::deletion_protection, flag(),
                      "Nobody can delete the load balancer. albatross destroy takes the protection "
                      "back that this file gave.",
                      "false"),
      defaulting_to("off", or_short(log_access_to, bucket_name(),
                                    section("access_logs", &A::access_logs, logs_table(),
                                            "Log every request to a bucket."))),
      defaulting_to("off", or_short(log_connections_to, bucket_name(),
                                    section("connection_logs", &A::connection_logs, logs_table(),
                                            "Log every connection to a bucket."))),
      optional_member("desync_mitigation_mode", &A::desync_mitigation_mode,
                      word({"defensive", "strictest", "monitor"}),
                      "What happens to requests that could be read in two ways.", "defensive"),
      optional_member("drop_invalid_header_fields", &A::drop_invalid_header_fields, flag(),
                      "Take headers away whose names are not valid.", "false"),
      optional_member("http2", &A::http2, flag(), "Whether clients may speak HTTP/2.", "true"),
      optional_member("preserve_host_header", &A::preserve_host_header, flag(),
                      "Hand the Host header on as it came.", "false"),
      optional_member("xff_client_port", &A::xff_client_port, flag(),
                      "Put the client's port into X-Forwarded-For.", "false"),
      optional_member("xff_header_processing", &A::xff_header_processing,
                      word({"append", "preserve", "remove"}), "What happens to X-Forwarded-For.",
                      "append"),
      optional_member("tls_version_and_cipher_headers", &A::tls_version_and_cipher_headers, flag(),
                      "Add x-amzn-tls-version and x-amzn-tls-cipher-suite.", "false"),
      optional_member("waf_fail_open", &A::waf_fail_open, flag(),
                      "Let requests through when AWS WAF cannot be asked.", "false"),
  };
  return table;
}

}  // namespace

const Section<LoadBalancerSpec>& load_balancer_table() {
  using B = LoadBalancerSpec;
  static const Section<B> table = {
      defaulting_to("true", member("enabled", &B::enabled, flag(),
                                   "false leaves the load balancer out: a Tier 1 stack.")),
      defaulting_to("one is made",
                    member("existing", &B::existing, load_balancer_reference(),
                           "Use this one: it gets the stack's listeners and rules, and nothing "
                           "else of it is changed, also when the stack goes.")),
      defaulting_to("<stack>-alb, shortened if need be",
                    member("name", &B::name, load_balancer_name(), "Its name in AWS.")),
      member("scheme", &B::scheme, word({"internet-facing", "internal"}),
             "Whether it has public addresses or those of the VPC only."),
      member("ip_address_type", &B::ip_address_type, word({"ipv4", "dualstack"}),
             "dualstack: IPv6 as well, in subnets that have it."),
      defaulting_to("everybody", list("allow_from", &B::allow_from, any_cidr_block(), 1,
                                      "Who may reach its listeners.")),
      defaulting_to("one is made", list("security_groups", &B::security_groups, security_group_id(),
                                        1, "Give it these groups, whose rules stay as they are.")),
      defaulting_to("one, HTTP on port 80", section_list("listeners", &B::listeners,
                                                         listener_table(), 1, "Where it listens.")),
      defaulting_to(
          "none", named_sections("rules", &B::rules, &RuleSpec::name, service_name(), rule_table(),
                                 "Rules that are no service's own route, by name: what to do "
                                 "with requests that meet all conditions.")),
      optional_member("probe", &B::probe, flag(),
                      "Whether a deploy asks each service through the load balancer, and is done "
                      "when it answers.",
                      "true where this file makes it, internet-facing and open to everybody"),
      section("attributes", &B::attributes, attributes_table(),
              "Settings of the load balancer; what is left out stays as AWS has it."),
  };
  return table;
}

}  // namespace albatross::spec
