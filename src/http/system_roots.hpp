#pragma once

#include <functional>
#include <string>

namespace albatross::http {

/// The PEM file of trusted roots to load where OpenSSL looks in vain: a program that was linked on
/// one distribution and runs on another has the first one's places built in. Empty when OpenSSL's
/// own places will do (they exist), or when nothing is found in any known place.
/// @param exists is there such a file or folder?
/// @param own_file, own_folder OpenSSL's places
std::string roots_elsewhere(const std::function<bool(const std::string&)>& exists,
                            const std::string& own_file, const std::string& own_folder);

}  // namespace albatross::http
