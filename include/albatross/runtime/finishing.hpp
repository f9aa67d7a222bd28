#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <string>

namespace albatross {

/// Lets what has begun finish when its run is cancelled, but take no longer than it needs: a call
/// that was sent is answered and recorded, unless AWS keeps silent for longer than `patience`; one
/// that only waits to be sent again is not sent again. One for each run; the clock must outlive it.
/// Single-threaded.
class Finishing {
 public:
  /// How long a call that was sent is waited for once its run is cancelled. AWS answers most in a
  /// second and hardly any after ten. A call that is given up may have taken effect all the same,
  /// as when a process dies: what was intended is on record.
  static constexpr Duration patience = std::chrono::seconds{10};

  /// For one run; `clock` is the one that its pauses are measured by.
  explicit Finishing(Clock& clock);
  Finishing(const Finishing&) = delete;
  Finishing& operator=(const Finishing&) = delete;
  ~Finishing();

  /// Runs `work` of that name out of reach of the caller's cancellation. One of a name at a time.
  /// @throws what work throws; operation_aborted when it was cancelled between two attempts, or its
  ///   call was given up
  Task<> run(std::string name, Task<> work);
  /// To be called by the work of that name: its call has failed and waits so long before it is sent
  /// again. Unknown names mean nothing.
  void pausing(const std::string& name, Duration pause);
  /// True once any work was to be cancelled.
  bool stopping() const { return stopping_; }

 private:
  struct Work;
  void stop(const std::shared_ptr<Work>& work, const boost::asio::any_io_executor& executor);

  Clock& clock_;
  bool stopping_ = false;
  std::map<std::string, std::shared_ptr<Work>> works_;
};

}  // namespace albatross
