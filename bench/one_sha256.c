/* What starting a program that can hash costs: the reference of startup_bench.cpp. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdio.h>

int main(void) {
  static const unsigned char text[] = "albatross";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(text, sizeof text - 1, digest);
  printf("%02x%02x\n", digest[0], digest[1]);
  return 0;
}
