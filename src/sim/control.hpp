#pragma once

#include "albatross/sim/cloud.hpp"

#include "sim/data_plane/data_plane.hpp"

#include <vector>

namespace albatross::sim {

/// What the control endpoint works on, and what it asks of the server.
struct ControlContext {
  Cloud& cloud;
  TimePoint now;
  WallTime wall;
  double scale = 1;
  Duration advance = Duration::zero();
  std::vector<Front> fronts = {};
};

/// True for "/" asked for by a browser and for everything under "/_albatross/".
bool is_control_request(const http::Request& request);

/// Answers one:
///   GET  /                        the live page
///   GET  /_albatross/health       {"status": "ok"}
///   GET  /_albatross/state        what exists, the last calls, faults, time
///   POST /_albatross/faults       adds a fault plan (JSON, see FaultPlan::load_json)
///   DELETE /_albatross/faults     forgets all faults
///   POST /_albatross/time         {"advance": seconds, "scale": factor}
///   POST /_albatross/service      {"instance": id, "port": n, "listening": bool}
///   POST /_albatross/reset        a fresh account
http::Response control(const http::Request& request, ControlContext& context);

}  // namespace albatross::sim
