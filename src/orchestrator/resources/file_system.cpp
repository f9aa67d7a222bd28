#include "orchestrator/looks.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Readiness readiness_of(const std::string& state) {
  if (state == "error") return Readiness::failed;
  if (state == "deleted") return Readiness::gone;
  return state == "available" ? Readiness::ready : Readiness::pending;
}

/// AWS::EFS::FileSystem. Properties: encrypted, performance_mode, throughput_mode. The record's
/// token is the creation token, which names the file system for its whole life.
class FileSystem final : public Kind {
 public:
  std::string_view name() const override { return "file_system"; }
  Tagging tagging() const override { return Tagging::efs; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::optional<efs::FileSystem> found;
    if (record.id.empty()) {
      found = co_await by_token(session, record);
    } else {
      found = co_await session.aws.looks->file_system(record.id, session);
    }
    std::optional<Observed> out;
    if (!found) co_return out;
    out = observe(*found);
    out->actual["tags"] = tags_seen(found->tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    efs::CreateFileSystemRequest request;
    request.creation_token = record.token;
    request.encrypted = record.property("encrypted") == "true";
    request.performance_mode = record.property("performance_mode");
    request.throughput_mode = record.property("throughput_mode");
    request.tags = tags_of(session, record);
    auto answer = co_await session.aws.efs.create_file_system(std::move(request), session.options);
    co_return observe(answer);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    efs::UpdateFileSystemRequest request;
    request.file_system_id = record.id;
    request.throughput_mode = record.property("throughput_mode");
    co_await session.aws.efs.update_file_system(std::move(request), session.options);
  }

  // Of all the rest another one would be needed, and that would be empty.
  ChangeEffect effect_of(std::string_view property) const override {
    return property == "throughput_mode" ? ChangeEffect::in_place : ChangeEffect::refuse;
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    efs::DeleteFileSystemRequest request;
    request.file_system_id = record.id;
    co_await session.aws.efs.delete_file_system(std::move(request), session.options);
  }

  bool lingers() const override { return true; }

  // Usually five to twelve seconds up, less down.
  Watch watch(const ResourceRecord&) const override { return {std::chrono::seconds{3}}; }

 private:
  static Task<std::optional<efs::FileSystem>> by_token(Session& session,
                                                       const ResourceRecord& record) {
    efs::DescribeFileSystemsRequest request;
    request.creation_token = record.token;
    auto call = session.aws.efs.describe_file_systems(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<efs::FileSystem> out;
    if (answer && !answer->file_systems.empty()) out = std::move(answer->file_systems.front());
    co_return out;
  }

  static Observed observe(const efs::FileSystem& system) {
    Observed out;
    out.id = system.file_system_id;
    out.outputs["arn"] = system.file_system_arn;
    out.actual["encrypted"] = system.encrypted ? "true" : "false";
    out.actual["performance_mode"] = system.performance_mode;
    out.actual["throughput_mode"] = system.throughput_mode;
    out.state = system.life_cycle_state;
    out.readiness = readiness_of(system.life_cycle_state);
    return out;
  }
};

/// AWS::EFS::MountTarget. Properties: file_system_id, subnet_id, security_groups.
class MountTarget final : public Kind {
 public:
  std::string_view name() const override { return "mount_target"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::vector<efs::MountTarget> all;
    if (record.property("file_system_id").empty()) {
      all = co_await by_id(session, record);
    } else {
      all =
          co_await session.aws.looks->mount_targets_of(record.property("file_system_id"), session);
    }
    std::optional<Observed> out;
    for (const efs::MountTarget& target : all) {
      const bool this_one = record.id.empty() ? target.subnet_id == record.property("subnet_id")
                                              : target.mount_target_id == record.id;
      if (this_one) out = observe(target);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    efs::CreateMountTargetRequest request;
    request.file_system_id = record.property("file_system_id");
    request.subnet_id = record.property("subnet_id");
    request.security_groups = record.property_list("security_groups");
    auto answer = co_await session.aws.efs.create_mount_target(std::move(request), session.options);
    co_return observe(answer);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    efs::ModifyMountTargetSecurityGroupsRequest request;
    request.mount_target_id = record.id;
    request.security_groups = record.property_list("security_groups");
    co_await session.aws.efs.modify_mount_target_security_groups(std::move(request),
                                                                 session.options);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    efs::DeleteMountTargetRequest request;
    request.mount_target_id = record.id;
    co_await session.aws.efs.delete_mount_target(std::move(request), session.options);
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "security_groups" ? ChangeEffect::in_place : ChangeEffect::replace;
  }

  // A file system has one mount target a zone.
  bool exclusive() const override { return true; }

  bool lingers() const override { return true; }

  // Usually one to two minutes up, ten to sixty seconds down.
  Watch watch(const ResourceRecord& record) const override {
    const bool down = record.status == RecordStatus::destroying;
    return {std::chrono::seconds{down ? 5 : 30}, std::chrono::minutes{down ? 2 : 5}};
  }

 private:
  /// One that is only used: the record does not say whose it is.
  static Task<std::vector<efs::MountTarget>> by_id(Session& session, const ResourceRecord& record) {
    efs::DescribeMountTargetsRequest request;
    request.mount_target_id = record.id;
    auto call = session.aws.efs.all_mount_targets(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::vector<efs::MountTarget> out;
    if (answer) out = std::move(*answer);
    co_return out;
  }

  static Observed observe(const efs::MountTarget& target) {
    Observed out;
    out.id = target.mount_target_id;
    out.outputs["ip_address"] = target.ip_address;
    out.outputs["zone"] = target.availability_zone_name;
    out.state = target.life_cycle_state;
    out.readiness = readiness_of(target.life_cycle_state);
    return out;
  }
};

}  // namespace

const Kind& file_system() {
  static const FileSystem kind;
  return kind;
}

const Kind& mount_target() {
  static const MountTarget kind;
  return kind;
}

}  // namespace albatross::resources
