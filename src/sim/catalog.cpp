#include "albatross/sim/catalog.hpp"

#include "sim/ec2/catalog.hpp"

namespace albatross::sim {

std::string_view architecture_of_type(std::string_view instance_type) {
  const ec2::InstanceType* type = ec2::find_type(instance_type);
  return type == nullptr ? std::string_view() : type->architecture;
}

bool has_image(std::string_view id) {
  return ec2::find_image(id) != nullptr;
}

std::string_view image_behind(std::string_view parameter) {
  const ec2::Image* image = ec2::image_of_parameter(parameter);
  return image == nullptr ? std::string_view() : image->id;
}

}  // namespace albatross::sim
