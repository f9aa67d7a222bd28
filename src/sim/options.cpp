#include "albatross/sim/options.hpp"

namespace albatross::sim {

TimeCourse TimeCourse::fast() {
  TimeCourse t;
  const auto quicker = [](Duration& duration) { duration /= 50; };
  for (Duration* duration : {&t.vpc_available,
                             &t.subnet_available,
                             &t.visibility_lag,
                             &t.profile_propagation,
                             &t.instance_running,
                             &t.instance_boot,
                             &t.status_checks,
                             &t.instance_stopped,
                             &t.instance_terminated,
                             &t.terminated_visible,
                             &t.volume_modified,
                             &t.load_balancer_active,
                             &t.load_balancer_gone,
                             &t.load_balancer_interfaces,
                             &t.target_registration,
                             &t.target_group_release,
                             &t.file_system_available,
                             &t.file_system_deleted,
                             &t.mount_target_available,
                             &t.mount_target_deleted,
                             &t.mount_target_resolvable,
                             &t.certificate_issued,
                             &t.table_active}) {
    quicker(*duration);
  }
  t.caller_seconds_divisor = 50;
  return t;
}

}  // namespace albatross::sim
