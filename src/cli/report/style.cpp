#include "cli/report/style.hpp"

namespace albatross::cli {

std::string_view report_style() {
  return R"css(
:root{color-scheme:light dark;--bg:#f6f5f2;--card:#fff;--ink:#1c2430;--dim:#667085;--line:#e4e2dc;
--grid:#eceae5;--node:#3d7ab8;--wait:#a8c7e6;--crit:#d9631e;--critwait:#f3bd94;--bad:#c8323c;
--badsoft:#fbe9ea;--good:#2d8a57;--goodsoft:#e3f3ea;--warn:#b7791f;--warnsoft:#fbf1dc;--gone:#7d8597;
--gonewait:#c9cdd6;--shadow:0 1px 2px rgba(20,25,35,.05),0 4px 16px rgba(20,25,35,.04)}
@media(prefers-color-scheme:dark){:root{--bg:#10141b;--card:#181e28;--ink:#e6e9ef;--dim:#97a1b3;
--line:#2a3240;--grid:#222a37;--node:#5b9bd9;--wait:#2f5275;--crit:#f0883e;--critwait:#74441f;
--bad:#f0626c;--badsoft:#3a1d22;--good:#4fba7f;--goodsoft:#16301f;--warn:#e0a84a;--warnsoft:#33290f;
--gone:#8b94a7;--gonewait:#3c4557;--shadow:none}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:16px;margin:0 0 14px}
h3{font-size:14px;margin:18px 0 6px}
p{margin:0 0 8px}
a{color:var(--node)}
code,.id{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.87em}
.dim{color:var(--dim)}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px;margin-top:18px;
box-shadow:var(--shadow)}
.card.failed{border-color:var(--bad)}
.pill{display:inline-block;padding:2px 11px;border-radius:99px;font-size:13px;font-weight:600;
vertical-align:4px;margin-left:8px}
.pill.good{background:var(--goodsoft);color:var(--good)}
.pill.bad{background:var(--badsoft);color:var(--bad)}
.pill.warn{background:var(--warnsoft);color:var(--warn)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-top:18px}
.tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 16px;
box-shadow:var(--shadow)}
.tile b{display:block;font-size:22px;line-height:1.3;letter-spacing:-.01em}
.tile span{color:var(--dim);font-size:13px}
.urls{margin:10px 0 0;display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}
.urls>:nth-child(odd){color:var(--dim)}
.urls a{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:14px}
th{text-align:left;font-weight:600;color:var(--dim);font-size:12.5px;padding:4px 14px 6px 0;
border-bottom:1px solid var(--line)}
td{padding:5px 14px 5px 0;border-bottom:1px solid var(--grid);vertical-align:top;overflow-wrap:anywhere}
tr:last-child td{border-bottom:0}
td.num,th.num{text-align:right;white-space:nowrap}
td.nowrap{white-space:nowrap}
.scroll{overflow-x:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:0}
dt{color:var(--dim)}
dd{margin:0;overflow-wrap:anywhere}
.hint{background:var(--warnsoft);border-radius:8px;padding:8px 12px;margin:12px 0 0}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--dim);margin:-4px 0 12px}
.legend i{display:inline-block;width:22px;height:10px;border-radius:3px;margin-right:6px}
.gantt{position:relative}
.row{display:grid;grid-template-columns:210px 1fr;align-items:center;min-height:21px}
.row .name{font-size:13px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding-right:12px}
.row .name.crit{font-weight:600}
.track{position:relative;height:21px;margin-right:64px;background-image:linear-gradient(to right,
var(--grid) 1px,transparent 1px);background-size:var(--tick) 100%}
.axis .track{height:24px}
.axis span{position:absolute;bottom:3px;font-size:12px;color:var(--dim);transform:translateX(-50%);
white-space:nowrap}
.axis span:first-child{transform:none}
.group{font-size:12.5px;font-weight:600;color:var(--dim);padding:9px 0 1px;
border-top:1px solid var(--grid);margin-top:5px}
.bar{position:absolute;top:4px;height:13px;min-width:3px;border-radius:3px;background:var(--wait);
overflow:hidden}
.bar i{position:absolute;top:0;bottom:0;left:0;background:var(--node)}
.bar.crit{background:var(--critwait)}
.bar.crit i{background:var(--crit)}
.bar.removal{background:var(--gonewait)}
.bar.removal i{background:var(--gone)}
.bar.removal.crit{background:var(--critwait);outline:1px solid var(--crit);outline-offset:-1px}
.bar.failed,.bar.failed i{background:var(--bad)}
.bar.piece{top:2px;height:17px;background:var(--crit);border-right:1px solid var(--card);color:#fff;
font-size:11px;line-height:17px;padding:0 5px;white-space:nowrap;text-overflow:ellipsis;min-width:0}
.bar.piece.tight{padding:0}
@media(prefers-color-scheme:dark){.bar.piece{color:#1b1207}}
.tick{position:absolute;top:2px;width:2px;height:17px;background:var(--bad);border-radius:1px}
.took{position:absolute;top:1px;font-size:11.5px;line-height:19px;color:var(--dim);padding-left:6px;
white-space:nowrap}
.health .bar{border-radius:0;top:3px;height:15px;min-width:1px}
.healthy{background:var(--good)}.unhealthy{background:var(--bad)}.initial{background:var(--wait)}
.draining{background:var(--warn)}.unused,.unavailable{background:var(--gonewait)}
.share{display:inline-block;height:8px;border-radius:4px;background:var(--crit);vertical-align:1px;
min-width:2px}
details summary{cursor:pointer;font-weight:600;font-size:16px}
details[open] summary{margin-bottom:12px}
.bad{color:var(--bad)}.good{color:var(--good)}.warn{color:var(--warn)}
footer{color:var(--dim);font-size:13px;margin-top:26px}
@media(max-width:720px){.row{grid-template-columns:110px 1fr}.track{margin-right:46px}main{padding:18px 12px}
.card{padding:14px}}
@media print{:root{--bg:#fff;--shadow:none}body{font-size:11px}main{max-width:none;padding:0}
.card,.tile{break-inside:auto;border-radius:6px}.row,tr,.tile,dl{break-inside:avoid}h2{break-after:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}details:not([open]){display:none}}
)css";
}

}  // namespace albatross::cli
