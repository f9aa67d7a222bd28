#include "albatross/orchestrator/names.hpp"

#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Task<std::optional<iam::InstanceProfile>> describe(Session& session, std::string profile_name) {
  iam::GetInstanceProfileRequest request;
  request.instance_profile_name = std::move(profile_name);
  auto call = session.aws.iam.get_instance_profile(std::move(request), session.options);
  auto answer = co_await if_found(std::move(call));
  std::optional<iam::InstanceProfile> out;
  if (answer) out = std::move(answer->instance_profile);
  co_return out;
}

/// AWS::IAM::InstanceProfile without its role. Properties: name.
class InstanceProfile final : public Kind {
 public:
  std::string_view name() const override { return "instance_profile"; }
  Tagging tagging() const override { return Tagging::iam_instance_profile; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    auto profile = co_await describe(session, record.property("name"));
    std::optional<Observed> out;
    if (!profile || !is_ours(profile->tags, session, record)) co_return out;
    out = observe(*profile);
    out->actual["tags"] = tags_seen(profile->tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    iam::CreateInstanceProfileRequest request;
    request.instance_profile_name = record.property("name");
    request.tags = tags_of(session, record);
    auto answer =
        co_await session.aws.iam.create_instance_profile(std::move(request), session.options);
    co_return observe(answer.instance_profile);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    iam::DeleteInstanceProfileRequest request;
    request.instance_profile_name = record.id;
    co_await session.aws.iam.delete_instance_profile(std::move(request), session.options);
  }

  std::size_t name_limit() const override { return role_name_limit; }

 private:
  static Observed observe(const iam::InstanceProfile& profile) {
    Observed out;
    out.id = profile.instance_profile_name;
    out.outputs["arn"] = profile.arn;
    return out;
  }
};

/// The one role of an instance profile. Properties: instance_profile, role.
class InstanceProfileRole final : public Kind {
 public:
  std::string_view name() const override { return "instance_profile_role"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    auto profile = co_await describe(session, record.property("instance_profile"));
    std::optional<Observed> out;
    if (!profile) co_return out;
    for (const iam::Role& held : profile->roles) {
      if (held.role_name == record.property("role")) out = observe(record);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    iam::AddRoleToInstanceProfileRequest request;
    request.instance_profile_name = record.property("instance_profile");
    request.role_name = record.property("role");
    co_await session.aws.iam.add_role_to_instance_profile(std::move(request), session.options);
    co_return observe(record);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    iam::RemoveRoleFromInstanceProfileRequest request;
    request.instance_profile_name = record.property("instance_profile");
    request.role_name = record.property("role");
    co_await session.aws.iam.remove_role_from_instance_profile(std::move(request), session.options);
  }

  // A profile holds one role.
  bool exclusive() const override { return true; }

 private:
  static Observed observe(const ResourceRecord& record) {
    Observed out;
    out.id = record.property("instance_profile") + "/" + record.property("role");
    return out;
  }
};

}  // namespace

const Kind& instance_profile() {
  static const InstanceProfile kind;
  return kind;
}

const Kind& instance_profile_role() {
  static const InstanceProfileRole kind;
  return kind;
}

}  // namespace albatross::resources
