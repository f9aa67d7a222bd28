#pragma once

#include "albatross/runtime/concurrency.hpp"
#include "albatross/state/record.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace albatross {

/// One record on its way out.
struct Departure {
  ResourceRecord record;
  /// Those that must be gone before this one.
  std::vector<Departure*> before;
  /// It goes when that one does: nothing is sent for it.
  Departure* whole = nullptr;
  /// Those that go with it, parts of parts included.
  std::vector<Departure*> parts;
  /// Open when AWS has taken its removal, or there will be none; is it going?
  Gate sent;
  bool going = false;
  /// Open when it is gone or left.
  Gate finished;
  bool gone = false;
};

/// Who waits for whom when records go: each for all that it must outlive. When the stack as a whole
/// goes, what goes with something else follows that, and of the order only what AWS insists on is
/// kept. Pure.
class Departures {
 public:
  /// @param whole see Run
  /// @param drain see Session
  Departures(std::vector<ResourceRecord> records, bool whole, bool drain);

  const std::map<std::string, std::unique_ptr<Departure>>& all() const { return by_name_; }

 private:
  void order_as_recorded();
  void find_wholes(bool drain);
  void loosen();
  void gather_parts();
  bool insists(const Departure& first, const Departure& then) const;

  std::map<std::string, std::unique_ptr<Departure>> by_name_;
  std::map<const Departure*, std::string> holds_;
};

}  // namespace albatross
