#include "clients/credentials/credentials_chain.hpp"

#include <algorithm>
#include <utility>

namespace albatross {

CredentialsChain::CredentialsChain(std::vector<CredentialsSource> sources)
    : sources_(std::move(sources)),
      chosen_(static_cast<std::size_t>(
          std::find_if(sources_.begin(), sources_.end(),
                       [](const CredentialsSource& source) { return source.provider != nullptr; }) -
          sources_.begin())) {}

void CredentialsChain::fail(const std::string& why) const {
  std::string text = "no AWS credentials:";
  const auto add = [&](const std::string& name, const std::string& reason) {
    text += "\n  " + name + ": " + reason;
  };
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (i == chosen_) {
      add(sources_[i].name, why);
      break;
    }
    add(sources_[i].name, sources_[i].absence);
  }
  throw CredentialsError(text);
}

Task<ResolvedCredentials> CredentialsChain::resolve(Deadline deadline) {
  if (chosen_ == sources_.size()) fail("");
  std::string why;
  try {
    co_return co_await sources_[chosen_].provider->resolve(deadline);
  } catch (const CredentialsError& error) {
    why = error.what();
  }
  fail(why);
}

void CredentialsChain::invalidate() {
  if (chosen_ < sources_.size()) sources_[chosen_].provider->invalidate();
}

}  // namespace albatross
