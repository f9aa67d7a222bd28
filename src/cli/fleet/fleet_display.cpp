#include "cli/fleet/fleet_display.hpp"

#include "cli/fleet/fleet_board.hpp"
#include "cli/fleet/fleet_log.hpp"
#include "cli/view.hpp"

#include <utility>

namespace albatross::cli {
namespace {

std::unique_ptr<FleetView> make_view(const Channel& channel, bool quiet,
                                     const std::vector<RunTitle>& titles) {
  if (quiet) return std::make_unique<SilentFleetView>();
  if (!channel.live) return std::make_unique<FleetLog>(*channel.stream, channel.style, titles);
  const int descriptor = channel.descriptor;
  auto size = [descriptor] { return terminal_size(descriptor); };
  return std::make_unique<FleetBoard>(*channel.stream, channel.style, titles, size);
}

}  // namespace

FleetDisplay::FleetDisplay(App& app, std::vector<RunTitle> titles)
    : app_(app),
      start_(app.clock().now()),
      view_(make_view(app.progress_channel(), app.global().quiet, titles)) {
  const auto warn = [this](const std::string& what) { view_->note("warning: " + what); };
  for (RunTitle& title : titles) {
    members_.push_back(std::unique_ptr<Member>(
        new Member{RunKeeper(app, std::move(title), RunOptions(), warn), false}));
  }
  const Channel& channel = app.progress_channel();
  if (channel.live && !app.global().quiet) {
    app_.set_last_words(FramePainter::restore_sequence(), channel.descriptor);
    resizes_.emplace(app.executor(), [this] { tick(); });
  }
  app_.on_interrupt([this](const std::string& text) { view_->note(text); });
  ticker_.emplace(app.executor(), app.clock(), tick_interval(channel), [this] { tick(); });
}

FleetDisplay::~FleetDisplay() {
  finish();
}

EventSink FleetDisplay::sink(std::size_t member) {
  return [this, member](const Event& event) { on_event(member, event); };
}

void FleetDisplay::on_event(std::size_t member, const Event& event) {
  Member& one = *members_[member];
  one.under_way = true;
  one.keeper.on_event(event);
  if (event.type == EventType::plan_ready) view_->expect(member, one.keeper.expectations());
  view_->on_event(member, event);
}

void FleetDisplay::tick() {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (members_[i]->under_way) view_->on_tick(i, members_[i]->keeper.elapsed());
  }
  view_->refresh(elapsed());
}

void FleetDisplay::ended(std::size_t member, MemberEnd& end) {
  Member& one = *members_[member];
  const bool begun = one.under_way;
  one.under_way = false;
  end.doing = one.keeper.title().doing;
  end.stack = one.keeper.title().stack;
  end.context = one.keeper.context();
  if (!begun) end.context.elapsed = Duration::zero();
  if (end.result) {
    one.keeper.conclude(*end.result, end.exit_code);
  } else if (end.error) {
    one.keeper.conclude(end.error->failure, end.exit_code);
  }
  view_->ended(member, end);
}

void FleetDisplay::finish() {
  if (!ticker_) return;
  ticker_.reset();
  resizes_.reset();
  app_.on_interrupt(nullptr);
  view_->refresh(elapsed());
  view_->finish();
}

Duration FleetDisplay::elapsed() const {
  return app_.clock().now() - start_;
}

}  // namespace albatross::cli
