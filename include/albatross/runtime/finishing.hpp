#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/task.hpp"

#include <map>
#include <memory>
#include <string>

namespace albatross {

/// Lets what has begun finish when its run is cancelled, but take no longer than it needs: a call
/// that was sent is answered and recorded; one that only waits to be sent again is not sent again.
/// One for each run; the clock must outlive it. Single-threaded.
class Finishing {
 public:
  /// For one run; `clock` is the one that its pauses are measured by.
  explicit Finishing(const Clock& clock);
  Finishing(const Finishing&) = delete;
  Finishing& operator=(const Finishing&) = delete;
  ~Finishing();

  /// Runs `work` of that name out of reach of the caller's cancellation. One of a name at a time.
  /// @throws what work throws; operation_aborted when it was cancelled between two attempts
  Task<> run(std::string name, Task<> work);
  /// To be called by the work of that name: its call has failed and waits so long before it is sent
  /// again. Unknown names mean nothing.
  void pausing(const std::string& name, Duration pause);
  /// True once any work was to be cancelled.
  bool stopping() const { return stopping_; }

 private:
  struct Work;
  void stop(Work& work);

  const Clock& clock_;
  bool stopping_ = false;
  std::map<std::string, std::shared_ptr<Work>> works_;
};

}  // namespace albatross
