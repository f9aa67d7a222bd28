#pragma once

#include <boost/asio/awaitable.hpp>

namespace albatross {

/// The one coroutine type of the code base. Lazy: nothing runs until it is awaited or spawned, so
/// parameters of a coroutine are taken by value, or by reference to something that outlives the
/// whole await. Runs on the executor of whoever awaits it.
template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace albatross
