#include "albatross/clients/credentials_provider.hpp"

namespace albatross {

Task<ResolvedCredentials> StaticCredentials::resolve(Deadline /*deadline*/) {
  ResolvedCredentials resolved;
  resolved.credentials = credentials_;
  resolved.source = source_;
  co_return resolved;
}

}  // namespace albatross
