#pragma once

#include "albatross/runtime/shared_task.hpp"
#include "albatross/runtime/task.hpp"

#include "state/sqlite.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace albatross::state {

/// Makes writes that are asked for in the same turn one transaction, so that they wait for the disk
/// once: each sync costs milliseconds, and a deployment writes for all the nodes that can go on at
/// the same time. In the order in which they were asked for. Must outlive its writes.
class WriteGroup {
 public:
  using Write = std::function<void(Sqlite&)>;

  explicit WriteGroup(Sqlite& database) : database_(database) {}

  /// Returns when it is durable. A waiter that is cancelled may find it written or not.
  /// @throws StateError; then none of the transaction's writes was made
  Task<> add(Write write);

 private:
  struct Transaction {
    std::vector<Write> writes;
    bool begun = false;
    std::unique_ptr<SharedTask> commit;
  };
  Task<> commit(Transaction& transaction);

  Sqlite& database_;
  std::shared_ptr<Transaction> gathering_;
};

}  // namespace albatross::state
