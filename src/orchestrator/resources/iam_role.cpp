#include "albatross/orchestrator/names.hpp"

#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

std::string trust_policy(const StackIdentity& identity) {
  const std::string principal =
      identity.partition == "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":")" +
         principal + R"("},"Action":"sts:AssumeRole"}]})";
}

/// What an instance needs to mount the file system, and nothing else.
std::string mount_policy(const std::string& file_system_arn) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[)"
         R"("elasticfilesystem:ClientMount","elasticfilesystem:ClientWrite",)"
         R"("elasticfilesystem:ClientRootAccess","elasticfilesystem:DescribeMountTargets"],)"
         R"("Resource":")" +
         file_system_arn + R"("}]})";
}

/// AWS::IAM::Role for instances. Properties: name.
class Role final : public Kind {
 public:
  std::string_view name() const override { return "role"; }
  Tagging tagging() const override { return Tagging::iam_role; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    iam::GetRoleRequest request;
    request.role_name = record.property("name");
    auto call = session.aws.iam.get_role(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer || !is_ours(answer->role.tags, session, record)) co_return out;
    out = observe(answer->role);
    out->actual["tags"] = tags_seen(answer->role.tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    iam::CreateRoleRequest request;
    request.role_name = record.property("name");
    request.assume_role_policy_document = trust_policy(session.identity);
    request.description = "Instances of the albatross stack " + session.identity.stack;
    request.tags = tags_of(session, record);
    auto answer = co_await session.aws.iam.create_role(std::move(request), session.options);
    co_return observe(answer.role);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    iam::DeleteRoleRequest request;
    request.role_name = record.id;
    co_await session.aws.iam.delete_role(std::move(request), session.options);
  }

  std::size_t name_limit() const override { return role_name_limit; }

 private:
  static Observed observe(const iam::Role& role) {
    Observed out;
    out.id = role.role_name;
    out.outputs["arn"] = role.arn;
    return out;
  }
};

/// AWS::IAM::RolePolicy that lets the instances mount the file system. Properties: role,
/// policy_name, file_system_arn.
class RolePolicy final : public Kind {
 public:
  std::string_view name() const override { return "role_policy"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    iam::GetRolePolicyRequest request;
    request.role_name = record.property("role");
    request.policy_name = record.property("policy_name");
    auto call = session.aws.iam.get_role_policy(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer) co_return out;
    out = observe(record);
    const std::string& arn = record.property("file_system_arn");
    const bool same = answer->policy_document == mount_policy(arn);
    out->actual["file_system_arn"] = same ? arn : "another policy";
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    co_await put(session, record);
    co_return observe(record);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    co_await put(session, record);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    iam::DeleteRolePolicyRequest request;
    request.role_name = record.property("role");
    request.policy_name = record.property("policy_name");
    co_await session.aws.iam.delete_role_policy(std::move(request), session.options);
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "file_system_arn" ? ChangeEffect::in_place : ChangeEffect::replace;
  }

 private:
  static Task<> put(Session& session, const ResourceRecord& record) {
    iam::PutRolePolicyRequest request;
    request.role_name = record.property("role");
    request.policy_name = record.property("policy_name");
    request.policy_document = mount_policy(record.property("file_system_arn"));
    co_await session.aws.iam.put_role_policy(std::move(request), session.options);
  }

  static Observed observe(const ResourceRecord& record) {
    Observed out;
    out.id = record.property("role") + "/" + record.property("policy_name");
    return out;
  }
};

}  // namespace

const Kind& role() {
  static const Role kind;
  return kind;
}

const Kind& role_policy() {
  static const RolePolicy kind;
  return kind;
}

}  // namespace albatross::resources
