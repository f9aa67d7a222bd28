#include "cli/receipt_text.hpp"

#include "cli/node_text.hpp"
#include "cli/table.hpp"

#include <utility>

namespace albatross::cli {
namespace {

std::string remnants_text(const Receipt& receipt, const TextStyle& style) {
  const std::string title =
      "Left behind: " + counted(receipt.remnants.size(), "resource") + " that should be gone";
  Table table;
  std::string commands;
  for (const Remnant& remnant : receipt.remnants) {
    const std::string& name = remnant.node.empty() ? remnant.type : remnant.node;
    table.add({name, short_id(remnant.id), one_line(remnant.why)});
    if (!remnant.command.empty()) commands += "  " + remnant.command + "\n";
  }
  std::string out = "\n" + paint(Tone::strong, title, style) + "\n" + table.text(style, 2);
  if (!commands.empty()) out += "To remove it by hand, in this order:\n" + commands;
  return out;
}

}  // namespace

Receipt receipt_of(const RunResult& result) {
  if (result.receipt) return *result.receipt;
  Receipt out;
  for (const Leftover& item : result.left) {
    Remnant remnant;
    remnant.id = item.resource.id;
    remnant.node = item.resource.node;
    remnant.why = item.failure.code + ": " + item.failure.message;
    out.remnants.push_back(std::move(remnant));
  }
  return out;
}

std::string receipt_text(const Receipt& receipt, const TextStyle& style) {
  std::string out;
  if (receipt.remnants.empty() && !receipt.checked.empty()) {
    out += "\nChecked by tag and record in " + join(receipt.checked, ", ") +
           ": nothing is left that should be gone.\n";
  }
  for (const std::string& trouble : receipt.unchecked) {
    out += "\n" + paint(Tone::warn, "Could not be checked: ", style) + one_line(trouble) + "\n";
  }
  if (!receipt.remnants.empty()) out += remnants_text(receipt, style);
  return out;
}

}  // namespace albatross::cli
