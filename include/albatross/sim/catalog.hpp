#pragma once

#include <string_view>

/// What a simulated region offers, the same in every Cloud. Pure.
namespace albatross::sim {

/// "x86_64" or "arm64"; empty for an instance type that the simulator does not know.
std::string_view architecture_of_type(std::string_view instance_type);

/// Is there an image of that id?
bool has_image(std::string_view id);

/// The id of the image that a public SSM parameter names; empty when there is no such parameter.
std::string_view image_behind(std::string_view parameter);

}  // namespace albatross::sim
