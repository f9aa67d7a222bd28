#include "sim/live_page.hpp"

namespace albatross::sim {
namespace {

constexpr const char* page = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Albatross simulator</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root{color-scheme:light dark;--line:#8884;--ok:#2a9d5c;--wait:#d08b1d;--bad:#d0413b;--dim:#888}
body{font:14px/1.45 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:1rem}
h1{font-size:1.15rem;margin:0 0 .2rem}h2{font-size:.95rem;margin:1.4rem 0 .4rem}
#facts{color:var(--dim)}#graph{width:100%;border:1px solid var(--line);border-radius:8px}
#graph text{font:11px system-ui,sans-serif;fill:currentColor}
#graph path{fill:none;stroke:var(--line)}#graph rect{fill:#8881;stroke:var(--line)}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.15rem .5rem;
border-bottom:1px solid var(--line);vertical-align:top}td.mono{font:12px ui-monospace,monospace;
word-break:break-all}.ok{color:var(--ok)}.wait{color:var(--wait)}.bad{color:var(--bad)}
</style></head><body>
<h1>Albatross simulator</h1><div id="facts">…</div>
<p id="fronts"></p>
<h2>Resources</h2><svg id="graph" role="img" aria-label="Resources"></svg>
<h2>Calls</h2><table><thead><tr><th>Time</th><th>Service</th><th>Action</th><th>Parameters</th>
<th>Answer</th></tr></thead><tbody id="calls"></tbody></table>
<script>
const good=["available","running","active","healthy","attached","in-use"];
const bad=["failed","unhealthy","terminated","deleting","shutting-down"];
const tone=s=>good.includes(s)?"ok":bad.includes(s)?"bad":s?"wait":"";
const columns=[["vpc","internet-gateway","role","instance-profile"],["subnet","route-table",
"security-group"],["file-system","mount-target","instance","volume"],["target-group","target"],
["load-balancer","listener","listener-rule"]];
const svg=(n,a,t)=>{const e=document.createElementNS("http://www.w3.org/2000/svg",n);
for(const k in a)e.setAttribute(k,a[k]);if(t!==undefined)e.textContent=t;return e};
const short=i=>i.name||i.id.split("/").slice(-1)[0].slice(-24);
function parents(item,byId){const out=[];
if(item.type==="target"){const g=item.id.split("/").slice(0,-1).join("/");if(byId[g])out.push(g);
const i=item.id.split("/").pop().split(":")[0];if(byId[i])out.push(i)}
if(item.type==="mount-target"&&byId[item.name])out.push(item.name);
if(item.type==="listener"){const p=item.id.replace(":listener/",":loadbalancer/").split("/").slice(0,-1).join("/");
if(byId[p])out.push(p)}
if(item.type==="listener-rule"){const p=item.id.replace(":listener-rule/",":listener/").split("/").slice(0,-1).join("/");
if(byId[p])out.push(p)}return out}
function graph(items){const g=document.getElementById("graph");g.replaceChildren();
const at={},byId={};items.forEach(i=>byId[i.id]=i);let most=1;
columns.forEach((types,c)=>{let row=0;items.filter(i=>types.includes(i.type)).forEach(i=>{
at[i.id]={x:12+c*230,y:12+row*40,item:i};row++});most=Math.max(most,row)});
g.setAttribute("viewBox","0 0 1160 "+(most*40+20));
for(const id in at)for(const p of parents(at[id].item,byId))if(at[p]){const a=at[p],b=at[id];
const right=a.x<=b.x,x1=a.x+(right?200:0),x2=b.x+(right?0:200);
g.append(svg("path",{d:`M${x1} ${a.y+16} C${(x1+x2)/2} ${a.y+16} ${(x1+x2)/2} ${b.y+16} ${x2} ${b.y+16}`}))}
for(const id in at){const{x,y,item}=at[id];const n=svg("g",{class:tone(item.state)});
n.append(svg("rect",{x,y,width:200,height:32,rx:6}));
n.append(svg("text",{x:x+8,y:y+13},item.type+(item.state?" · "+item.state:"")));
n.append(svg("text",{x:x+8,y:y+26},short(item)));n.append(svg("title",{},item.id));g.append(n)}}
function cell(row,text,cls){const d=row.insertCell();d.textContent=text;if(cls)d.className=cls}
function calls(list){const body=document.getElementById("calls");body.replaceChildren();
list.slice(-40).reverse().forEach(c=>{const r=body.insertRow();cell(r,c.time.slice(11,23));
cell(r,c.service);cell(r,c.action);cell(r,c.parameters,"mono");
cell(r,c.status+(c.error?" "+c.error:"")+(c.fault?" ("+c.fault+")":""),c.error?"bad":"ok")})}
async function refresh(){try{const s=await(await fetch("/_albatross/state")).json();
document.getElementById("facts").textContent=`${s.region} · account ${s.account} · ${s.items.length} things · `+
`${s.total_calls} calls · ${s.fault_rules} fault rules · time ×${s.time_scale}`;
const f=document.getElementById("fronts");f.replaceChildren();s.endpoints.forEach(e=>{
const a=document.createElement("a");a.href=a.textContent=e.url;f.append(a," ")});
graph(s.items);calls(s.calls);document.body.dataset.ready="yes"}
catch(e){document.getElementById("facts").textContent="The simulator does not answer."}
setTimeout(refresh,1000)}
refresh();
</script></body></html>
)html";

}  // namespace

std::string live_page() {
  return page;
}

}  // namespace albatross::sim
