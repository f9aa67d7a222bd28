#pragma once

#include "albatross/runtime/task.hpp"

#include <boost/asio/ip/tcp.hpp>

namespace albatross::sim {

/// Carries bytes both ways until either side ends; then closes both.
Task<> carry_both_ways(boost::asio::ip::tcp::socket& near, boost::asio::ip::tcp::socket& far);

}  // namespace albatross::sim
