#include "orchestrator/doctor/boot_log.hpp"

#include <array>
#include <utility>

namespace albatross {
namespace {

struct Words {
  std::string_view words;
  BootStage stage;
};

// In the order in which they appear; whichever stands last in the log counts. An instance that has
// been restarted shows its last boot last.
constexpr std::array marks{
    Words{"running 'init-local'", BootStage::booting},
    Words{"running 'init'", BootStage::booting},
    Words{"running 'modules:config'", BootStage::booting},
    Words{"running 'modules:final'", BootStage::user_data},
    Words{"no mount target answers yet", BootStage::awaiting_storage},
    Words{"is not mounted, so the user data is not run", BootStage::storage_failed},
    Words{"running the user data", BootStage::user_data},
};

constexpr std::string_view ended = "the user data ended with status ";
constexpr std::string_view failed_module = "Failed to run module scripts-user";
constexpr std::string_view finished = "finished at ";
constexpr std::string_view finished_with = "finished, datasource ";

}  // namespace

BootStage read_boot_log(std::string_view console) {
  BootStage stage = console.find("Linux version") == std::string_view::npos ? BootStage::unknown
                                                                            : BootStage::booting;
  bool failed = false;
  while (!console.empty()) {
    const std::size_t end = std::min(console.find('\n'), console.size());
    const std::string_view line = console.substr(0, end);
    console.remove_prefix(std::min(end + 1, console.size()));
    const auto has = [line](std::string_view words) {
      return line.find(words) != std::string_view::npos;
    };
    for (const Words& mark : marks) {
      if (!has(mark.words)) continue;
      stage = mark.stage;
      failed = false;
    }
    const std::size_t status = line.find(ended);
    const bool bad_status =
        status != std::string_view::npos && !line.substr(status + ended.size()).starts_with("0");
    if (has(failed_module) || bad_status) {
      failed = true;
      if (stage != BootStage::storage_failed) stage = BootStage::user_data_failed;
    }
    const bool of_cloud_init = has("Cloud-init v.");
    if (of_cloud_init && (has(finished) || has(finished_with)) && !failed &&
        stage != BootStage::storage_failed)
      stage = BootStage::finished;
  }
  return stage;
}

}  // namespace albatross
