#pragma once

#include "figures.hpp"

#include <functional>
#include <string>
#include <vector>

namespace albatross::bench {

struct Bench {
  std::string name;
  std::function<std::vector<Figure>()> run;
};

std::vector<Bench>& registry();

}  // namespace albatross::bench
