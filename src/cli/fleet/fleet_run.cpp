#include "cli/fleet/fleet_run.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <exception>
#include <utility>

namespace albatross::cli {
namespace {

struct Fleet {
  Fleet(FleetDisplay& the_display, MemberRun the_start, std::size_t parallel)
      : display(the_display),
        start(std::move(the_start)),
        places(parallel == 0 ? the_display.size() : parallel),
        ends(the_display.size()) {}

  FleetDisplay& display;
  MemberRun start;
  Semaphore places;
  std::vector<MemberEnd> ends;
};

void note_error(MemberEnd& end, const std::exception_ptr& error) {
  end.error = describe_error(error);
  end.exit_code = end.error->exit_code;
}

Task<> run_in_place(Fleet& fleet, std::size_t member) {
  MemberEnd& end = fleet.ends[member];
  std::exception_ptr error;
  try {
    auto run = fleet.start(member, fleet.display.sink(member));
    RunResult result = co_await std::move(run);
    end.exit_code = exit_code_of(result);
    end.result = std::move(result);
  } catch (...) {
    error = std::current_exception();
  }
  if (error) note_error(end, error);
  fleet.display.ended(member, end);
}

Task<> run_member(Fleet& fleet, std::size_t member) {
  co_await fleet.places.acquire();
  co_await run_in_place(fleet, member);
  fleet.places.release();
}

}  // namespace

Task<std::vector<MemberEnd>> run_fleet(FleetDisplay& display, MemberRun start,
                                       std::size_t parallel) {
  Fleet fleet(display, std::move(start), parallel);
  auto body = [&fleet](TaskGroup& group) -> Task<> {
    for (std::size_t i = 0; i < fleet.ends.size(); ++i)
      group.spawn(run_member(fleet, i));
    co_return;
  };
  try {
    co_await TaskGroup::run(std::move(body));
  } catch (...) {
    // Members say themselves how they end: this is the group's word for having been cancelled.
    if (!is_cancellation(std::current_exception())) throw;
  }
  co_await ignore_cancellation();
  for (std::size_t i = 0; i < fleet.ends.size(); ++i) {
    MemberEnd& end = fleet.ends[i];
    if (!end.result && !end.error) display.ended(i, end);  // its turn never came
  }
  co_return std::move(fleet.ends);
}

}  // namespace albatross::cli
