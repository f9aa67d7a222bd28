#include "albatross/state/store.hpp"

#include <map>
#include <set>

namespace albatross {

LockedError::LockedError(const std::string& stack, std::string holder)
    : std::runtime_error("stack " + stack + " is locked: " + holder), holder_(std::move(holder)) {}

struct MemoryStore::State {
  std::map<std::string, StackRecord> stacks;
  std::map<std::string, std::map<std::string, ResourceRecord>> resources;
  std::map<std::string, std::string> holders;
};

MemoryStore::MemoryStore() : state_(std::make_shared<State>()) {}
MemoryStore::~MemoryStore() = default;

Task<std::unique_ptr<StackLock>> MemoryStore::lock(std::string stack, std::string holder) {
  // Outlives the store if it must: a lock is often released after its run's store is gone.
  struct Lock final : StackLock {
    Lock(std::shared_ptr<State> state, std::string name)
        : state_(std::move(state)), name_(std::move(name)) {}
    ~Lock() override { state_->holders.erase(name_); }
    std::shared_ptr<State> state_;
    std::string name_;
  };
  const auto [entry, free] = state_->holders.emplace(stack, holder);
  if (!free) throw LockedError(stack, entry->second);
  std::unique_ptr<StackLock> held = std::make_unique<Lock>(state_, std::move(stack));
  co_return held;
}

Task<std::vector<StackRecord>> MemoryStore::stacks() {
  std::vector<StackRecord> out;
  for (const auto& [name, record] : state_->stacks)
    out.push_back(record);
  co_return out;
}

Task<std::optional<StackRecord>> MemoryStore::stack(std::string name) {
  const auto found = state_->stacks.find(name);
  std::optional<StackRecord> out;
  if (found != state_->stacks.end()) out = found->second;
  co_return out;
}

Task<> MemoryStore::put_stack(StackRecord record) {
  std::string name = record.name;
  state_->stacks[name] = std::move(record);
  co_return;
}

Task<> MemoryStore::erase_stack(std::string name) {
  state_->stacks.erase(name);
  state_->resources.erase(name);
  co_return;
}

Task<std::vector<ResourceRecord>> MemoryStore::resources(std::string stack) {
  std::vector<ResourceRecord> out;
  for (const auto& [node, record] : state_->resources[stack])
    out.push_back(record);
  co_return out;
}

Task<> MemoryStore::put_resource(ResourceRecord record) {
  auto& slot = state_->resources[record.stack][record.node];
  slot = std::move(record);
  co_return;
}

Task<> MemoryStore::erase_resource(std::string stack, std::string node) {
  state_->resources[stack].erase(node);
  co_return;
}

}  // namespace albatross
