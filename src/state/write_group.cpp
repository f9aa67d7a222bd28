#include "state/write_group.hpp"

#include "albatross/state/store.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace albatross::state {

Task<> WriteGroup::add(Write write) {
  const bool open = gathering_ && !gathering_->begun && gathering_->commit->goes_on();
  if (!open) {
    gathering_ = std::make_shared<Transaction>();
    gathering_->commit = std::make_unique<SharedTask>(commit(*gathering_));
  }
  const auto transaction = gathering_;
  transaction->writes.push_back(std::move(write));
  auto durable = transaction->commit->wait();
  co_await std::move(durable);
}

Task<> WriteGroup::commit(Transaction& transaction) {
  // Those who were woken together with the first come along.
  co_await boost::asio::post(boost::asio::use_awaitable);
  transaction.begun = true;
  std::exception_ptr error;
  database_.execute("BEGIN IMMEDIATE");
  try {
    for (const Write& write : transaction.writes)
      write(database_);
    database_.execute("COMMIT");
  } catch (const StateError&) {
    error = std::current_exception();
  }
  if (!error) co_return;
  try {
    database_.execute("ROLLBACK");
  } catch (const StateError&) {
    // After some errors SQLite has done so itself.
  }
  std::rethrow_exception(error);
}

}  // namespace albatross::state
