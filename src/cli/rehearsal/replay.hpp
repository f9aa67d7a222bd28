#pragma once

#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"

#include "cli/rehearsal/account_picture.hpp"

namespace albatross::cli {

/// Makes what is recorded of a stack once more in another account, by the records alone, and leaves
/// it in the store as the stack that it is, with that account's ids. Then a plan of `stack` says
/// there what it says in the account of the picture.
/// @param stack what will be planned or deployed there
Task<> replay(AwsClients& aws, Clock& clock, Store& store, Deployer& deployer, Stack stack,
              AccountPicture picture);

}  // namespace albatross::cli
