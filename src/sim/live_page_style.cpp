#include "sim/live_page.hpp"

namespace albatross::sim {

const char* live_page_style() {
  return R"css(
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--ink:#1c2430;--dim:#6a7482;--line:#dfe3e9;
--ok:#1f9d5b;--wait:#c58212;--bad:#d13f3a;--off:#98a2b0;--accent:#2b6cb0;--soft:#eef1f5;--way:#c9d1db}
@media (prefers-color-scheme:dark){:root{--page:#10151c;--card:#18202a;--ink:#e6ebf2;--dim:#8d99a9;
--line:#2a3441;--ok:#3cc07a;--wait:#e0a33b;--bad:#f0645e;--off:#66717f;--accent:#6cb0f5;--soft:#202a36;--way:#445264}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:14px/1.5 system-ui,"Segoe UI",sans-serif}
header{display:flex;align-items:center;gap:.7rem;flex-wrap:wrap;padding:.8rem 1.6rem;
background:var(--card);border-bottom:1px solid var(--line);position:sticky;top:0;z-index:1}
.bird{width:38px;height:19px;fill:var(--accent)}
h1{font-size:1.05rem;font-weight:650;margin:0;letter-spacing:-.01em}
h2{font-size:.78rem;font-weight:650;text-transform:uppercase;letter-spacing:.07em;color:var(--dim);
margin:0 0 .7rem}
ul{list-style:none;margin:0;padding:0}
#facts{display:flex;gap:.4rem;flex-wrap:wrap;margin-left:auto}
#facts li,.chip{background:var(--soft);border-radius:99px;padding:.12rem .7rem;color:var(--dim);
font-size:.84rem}
#facts b{color:var(--ink);font-weight:600}
main{max-width:82rem;margin:0 auto;padding:1.2rem 1.6rem 3rem;display:grid;gap:1.1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem 1.2rem;
min-width:0}
.pair{display:grid;gap:1.1rem;grid-template-columns:minmax(0,3fr) minmax(0,2fr);align-items:start}
@media (max-width:60rem){.pair{grid-template-columns:minmax(0,1fr)}main,header{padding-inline:.8rem}}
#endpoints{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:-.2rem 0 .8rem}
#endpoints:empty{display:none}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
#traffic{overflow-x:auto}
#graph{display:block;min-width:60rem;width:100%}
#graph .title{font:600 11px system-ui,sans-serif;fill:var(--dim)}
#graph .box{fill:var(--card);stroke:var(--line)}
#graph .mark{fill:var(--off)}
#graph .label{font:600 13px system-ui,sans-serif;fill:var(--ink)}
#graph .detail{font:11.5px system-ui,sans-serif;fill:var(--dim)}
#graph path{fill:none;stroke:var(--way);stroke-width:1.6}
#graph .ok .mark{fill:var(--ok)}#graph .wait .mark{fill:var(--wait)}#graph .bad .mark{fill:var(--bad)}
#graph path.ok{stroke:var(--ok)}#graph path.bad{stroke:var(--bad);stroke-dasharray:5 4}
#graph path.wait{stroke:var(--wait);stroke-dasharray:2 4}
#graph.focus path:not(.near),#graph.focus g:not(.near){opacity:.22}
#graph g,#graph path{transition:opacity .15s}
#empty{color:var(--dim);margin:1.5rem 0;text-align:center}
code{font:12.5px ui-monospace,monospace;background:var(--soft);padding:.15rem .45rem;border-radius:5px}
table{border-collapse:collapse;width:100%}
th{font-size:.78rem;font-weight:500;color:var(--dim);text-align:left;padding:0 .6rem .35rem 0}
td{padding:.26rem .6rem .26rem 0;border-top:1px solid var(--line);vertical-align:top}
tr:first-child td{border-top-color:transparent}
.mono{font:12.5px/1.5 ui-monospace,monospace}
.dim{color:var(--dim)}
.pill{display:inline-block;border-radius:99px;padding:0 .55rem;font-size:.8rem;font-weight:600;
background:var(--soft);color:var(--dim);white-space:nowrap}
.pill.ok{color:var(--ok);background:color-mix(in srgb,var(--ok) 14%,transparent)}
.pill.wait{color:var(--wait);background:color-mix(in srgb,var(--wait) 16%,transparent)}
.pill.bad{color:var(--bad);background:color-mix(in srgb,var(--bad) 14%,transparent)}
.calls{table-layout:fixed}
.calls th:nth-child(1){width:8.5em}.calls th:nth-child(2){width:20em}.calls th:nth-child(4){width:23em}.calls th:nth-child(5){width:6.5em}
.whole{white-space:nowrap}
.calls .took,.calls th:nth-child(5){text-align:right;white-space:nowrap}
.calls td:nth-child(3){overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
details{border-top:1px solid var(--line);padding:.25rem 0}details:first-child{border-top:0}
summary{cursor:pointer;display:flex;justify-content:space-between}
details ul{padding:.2rem 0 .5rem}details li{display:flex;gap:.6rem;justify-content:space-between}
details li span:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
#faults li{display:flex;gap:.8rem;padding:.15rem 0}
.gone header{opacity:.5}
)css";
}

}  // namespace albatross::sim
