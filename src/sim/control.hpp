#pragma once

#include "albatross/sim/cloud.hpp"

#include "sim/call_durations.hpp"
#include "sim/data_plane/data_plane.hpp"

namespace albatross::sim {

/// What the control endpoint works on, and what it asks of the server.
struct ControlContext {
  Cloud& cloud;
  CallDurations& durations;
  TimePoint now;
  WallTime wall;
  double scale = 1;
  DataPlane* plane = nullptr;  // null without a data plane
  Duration advance = Duration::zero();
};

/// True for "/" asked for by a browser and for everything under "/_albatross/".
bool is_control_request(const http::Request& request);

/// Answers one:
///   GET  /                             the live page
///   GET  /_albatross/health            {"status": "ok"}
///   GET  /_albatross/state             what exists, the last calls, faults, time
///   GET  /_albatross/faults            the rules and rates, and how often each has hit
///   POST /_albatross/faults            adds a fault plan (JSON, see FaultPlan::load_json)
///   PUT  /_albatross/faults            replaces what there is by that plan
///   DELETE /_albatross/faults          forgets all faults
///   GET  /_albatross/time              how fast the account's time runs
///   POST /_albatross/time              {"advance": seconds, "scale": factor}
///   POST /_albatross/service           {"instance": id or Name, "port": n (all), "listening":
///   bool,
///                                       "hangs": bool, "status": n}
///   GET  /_albatross/certificates.pem  of the load balancers' HTTPS listeners
///   POST /_albatross/reset             a fresh account; faults are forgotten too
http::Response control(const http::Request& request, ControlContext& context);

}  // namespace albatross::sim
