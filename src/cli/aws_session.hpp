#pragma once

#include "albatross/clients/config.hpp"
#include "albatross/orchestrator/deployer.hpp"

#include "cli/app.hpp"

#include <memory>
#include <string>

namespace albatross::cli {

/// The way to AWS for one command: configuration, credentials, connections, signing, retries, and
/// the deployer on top of them.
class AwsSession {
 public:
  /// @param region the one of the stack; empty: as flags, environment and profile say
  /// @param doing "deploy", for those who find the stack locked
  /// @throws UsageError when no region can be found or the configuration is wrong
  AwsSession(App& app, const std::string& region, const std::string& doing);
  ~AwsSession();

  const std::string& region() const;
  Deployer& deployer();
  /// For calls beside the deployer's.
  ApiCaller& caller();
  /// What it was made with.
  const AwsConfig& config() const;
  /// For requests that are no calls.
  http::Transport& transport();
  /// Who asks load balancers. At AWS: this machine, as any client. Where something stands in AWS's
  /// place, its load balancers are only asked under names of this machine (the simulator's), and
  /// through it, because their ports may be others here. Valid as long as the session.
  Visitors visitors();

  /// Runs `command`, and opens a connection to each service that it will call meanwhile, so that
  /// the first calls find them when the credentials are there. A connection that cannot be opened
  /// is no failure here: the call that needs it will tell.
  Task<ExitCode> while_connecting(Task<ExitCode> command);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace albatross::cli
