// albatross_bench: takes the registered figures, prints them, writes them as JSON.
#include "registry.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string_view>

namespace albatross::bench {
namespace {

struct Options {
  std::string json_file;
  std::string filter;
  bool list = false;
  bool help = false;
};

constexpr std::string_view usage =
    "usage: albatross_bench [--filter TEXT] [--json FILE] [--list]\n"
    "  --filter TEXT  only what has TEXT in its name (\"sigv4\", \"sigv4/sign\")\n"
    "  --json FILE    also write a list of {name, value, unit, against, ratio}\n"
    "  --list         name the benches and stop\n";

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const auto value = [&]() -> std::string {
      if (i + 1 == argc) throw std::invalid_argument(std::string(argument) + " needs a value");
      return argv[++i];
    };
    if (argument == "--json") {
      options.json_file = value();
    } else if (argument == "--filter") {
      options.filter = value();
    } else if (argument == "--list") {
      options.list = true;
    } else if (argument == "--help") {
      options.help = true;
    } else {
      throw std::invalid_argument("unknown argument " + std::string(argument));
    }
  }
  return options;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A bench "sigv4" may have figures that match "sigv4/sign".
bool may_match(const Bench& bench, std::string_view filter) {
  return contains(bench.name, filter) || contains(filter, bench.name);
}

void print(const Figure& figure) {
  std::printf("%-32s %12.4g %-12s %8.3f  %-8s against %s\n", figure.name.c_str(), figure.value,
              figure.unit.c_str(), figure.ratio(), figure.promise.c_str(), figure.against.c_str());
  std::fflush(stdout);
}

nlohmann::json to_json(const Figure& figure) {
  return {{"name", figure.name},
          {"value", figure.value},
          {"unit", figure.unit},
          {"against", figure.against},
          {"ratio", figure.ratio()}};
}

void run(const Options& options) {
  auto benches = registry();
  std::sort(benches.begin(), benches.end(),
            [](const Bench& a, const Bench& b) { return a.name < b.name; });
  nlohmann::json all = nlohmann::json::array();
  if (!options.list) {
    std::printf("%-32s %12s %-12s %8s  %-8s\n", "figure", "value", "unit", "ratio", "promised");
  }
  for (const Bench& bench : benches) {
    if (options.list) std::puts(bench.name.c_str());
    if (options.list || !may_match(bench, options.filter)) continue;
    for (const Figure& figure : bench.run()) {
      if (!contains(figure.name, options.filter)) continue;
      print(figure);
      all.push_back(to_json(figure));
    }
  }
  if (options.json_file.empty()) return;
  std::ofstream out(options.json_file);
  if (!(out << all.dump(2) << '\n')) throw std::runtime_error("cannot write " + options.json_file);
}

}  // namespace
}  // namespace albatross::bench

int main(int argc, char** argv) try {
  const auto options = albatross::bench::parse(argc, argv);
  if (options.help) {
    std::cout << albatross::bench::usage;
  } else {
    albatross::bench::run(options);
  }
  return 0;
} catch (const std::invalid_argument& error) {
  std::cerr << "albatross_bench: " << error.what() << '\n' << albatross::bench::usage;
  return 2;
} catch (const std::exception& error) {
  std::cerr << "albatross_bench: " << error.what() << '\n';
  return 1;
}
