#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::ec2 {

/// What a shell script would print that does nothing but speak: its outermost `echo` lines and
/// calls of one-line functions that echo, with plain assignments, $(hostname) and $(date) filled
/// in. What has conditions, loops, pipes or redirections around it is passed over. A script that it
/// writes with a quoted here-document and then runs is followed.
std::vector<std::string> script_output(std::string_view script, std::string_view host,
                                       std::string_view date);

}  // namespace albatross::sim::ec2
