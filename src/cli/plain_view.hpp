#pragma once

#include "cli/progress_model.hpp"
#include "cli/text.hpp"
#include "cli/view.hpp"

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace albatross::cli {

/// A log: one line for each thing that happened, with the time since the start; nothing twice; and
/// when nothing happens for long, what is waited for and what AWS last said of it.
class PlainView final : public View {
 public:
  /// @param out must outlive the view
  /// @param name stands in every line, behind the time: of one of several runs; empty: of none
  PlainView(std::ostream& out, TextStyle style, std::string title, std::string name = {});

  void expect(const Expectations& expectations) override { expectations_ = expectations; }
  void on_event(const Event& event) override;
  void on_tick(Duration now) override;
  void note(const std::string& line) override;
  void finish() override {}
  /// A line of the run, at that time.
  void line(Duration at, const std::string& text);

 private:
  void announce_step(const Event& event);
  void node_event(const Event& event);
  void run_event(const Event& event);
  void ready(const Event& event);
  void waiting(const Event& event);
  void target_changes(const Event& event);
  void heartbeat(Duration now);
  /// Says once of each step that it is slower than usual.
  void warn_of_slow_steps(Duration now);
  /// True the first time that `said` is said of the node.
  bool is_news(const std::string& node, const std::string& said);

  std::ostream& out_;
  TextStyle style_;
  std::string title_;
  std::string name_;
  ProgressModel model_;
  Expectations expectations_;
  std::set<std::string> warned_;
  Duration last_line_{};
  std::set<std::string> announced_;
  /// What was last said of a node.
  std::map<std::string, std::string> said_;
};

}  // namespace albatross::cli
