// Only in the portable program, which has the C library inside: names are looked up in /etc/hosts
// and by DNS. Whatever else /etc/nsswitch.conf lists would be loaded from the system, for its C
// library.
#include <nss.h>

namespace {
const int configured = __nss_configure_lookup("hosts", "files dns");
}
