#pragma once

#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/sim/cloud.hpp"

#include "simulation/harness/account.hpp"

/// Everything that a scenario leaves to chance, drawn from its seed.
namespace albatross::simulation {

sim::CloudOptions draw_options(std::uint64_t seed);

/// Faults at random calls.
sim::FaultRates draw_rates(Entropy& entropy);
/// Faults of every kind at chosen calls and resources; few in a scenario.
void add_rules(sim::FaultPlan& plan, Entropy& entropy, const Stack& stack);

/// Killed, interrupted, or left in peace.
Fate draw_fate(Entropy& entropy);

/// What somebody may change in a stack file between two runs.
void change(Stack& stack, Entropy& entropy);

}  // namespace albatross::simulation
