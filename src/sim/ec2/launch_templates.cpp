#include "sim/ec2/launch_templates.hpp"

namespace albatross::sim::ec2 {

void refuse_launch_template(const Call& call) {
  const Param wanted = call.params["LaunchTemplate"];
  if (const Param id = wanted["LaunchTemplateId"]) {
    refuse("InvalidLaunchTemplateId.NotFound",
           cat("The specified launch template, with template ID ", id.text(), ", does not exist."));
  }
  if (const Param name = wanted["LaunchTemplateName"]) {
    refuse("InvalidLaunchTemplateName.NotFoundException",
           cat("The specified launch template, with template name ", name.text(),
               ", does not exist."));
  }
}

}  // namespace albatross::sim::ec2
