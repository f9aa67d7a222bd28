#include "sim/live_page.hpp"

namespace albatross::sim {
namespace {

constexpr const char* page_head = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Albatross simulator</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
)html";

constexpr const char* page_body = R"html(
</style></head><body>
<header>
  <svg class="bird" viewBox="0 0 48 24" aria-hidden="true"><path d="M1 9c8-5 15-4 20 4l3 4 3-4c5-8 12-9 20-4-7-1-12 2-15 7-3 4-5 6-8 6s-5-2-8-6c-3-5-8-8-15-7z"/></svg>
  <h1>Albatross simulator</h1>
  <ul id="facts" aria-label="Facts"></ul>
</header>
<main>
  <section aria-labelledby="traffic-title">
    <h2 id="traffic-title">Traffic</h2>
    <ul id="endpoints" aria-label="Where load balancers answer"></ul>
    <div id="traffic"><svg id="graph" role="img" aria-label="From load balancers to instances"></svg>
    <p id="empty" hidden>No load balancer and no instance yet. Point a client here:
    <code>export AWS_ENDPOINT_URL=<span id="own-url"></span></code></p></div>
  </section>
  <section id="faults-section" aria-labelledby="faults-title" hidden>
    <h2 id="faults-title">Faults</h2><ul id="faults"></ul>
  </section>
  <div class="pair">
    <section aria-labelledby="targets-title">
      <h2 id="targets-title">Targets</h2>
      <table><thead><tr><th>Group</th><th>Target</th><th>Health</th></tr></thead>
      <tbody id="targets"></tbody></table>
    </section>
    <section aria-labelledby="items-title">
      <h2 id="items-title">Everything</h2><div id="items"></div>
    </section>
  </div>
  <section aria-labelledby="calls-title">
    <h2 id="calls-title">Calls</h2>
    <table class="calls"><thead><tr><th>Time</th><th>Call</th><th>About</th><th>Answer</th><th>Took</th></tr></thead>
    <tbody id="calls"></tbody></table>
  </section>
</main>
<script>
)html";

constexpr const char* page_end = R"html(
</script></body></html>
)html";

}  // namespace

std::string live_page() {
  return std::string(page_head) + live_page_style() + page_body + live_page_script() + page_end;
}

}  // namespace albatross::sim
