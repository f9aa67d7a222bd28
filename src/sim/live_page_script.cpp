#include "sim/live_page.hpp"

namespace albatross::sim {

const char* live_page_script() {
  return R"js(
"use strict";
const $=id=>document.getElementById(id);
const tones={ok:["available","running","active","healthy","attached","in-use"],
bad:["failed","unhealthy","terminated","unavailable"],
wait:["pending","provisioning","initial","creating","draining","deleting","shutting-down","stopping"]};
const tone=state=>Object.keys(tones).find(name=>tones[name].includes(state))||"";
function make(name,attributes,...children){const e=document.createElement(name);
for(const k in attributes)e.setAttribute(k,attributes[k]);e.append(...children);return e}
function draw(name,attributes,text){const e=document.createElementNS("http://www.w3.org/2000/svg",name);
for(const k in attributes)e.setAttribute(k,attributes[k]);if(text!==undefined)e.textContent=text;return e}
const pill=(text,name)=>make("span",{class:"pill "+name},text);

/* The graph: a column for each step of the way. */
const columns=[["Load balancers","load-balancer"],["Listeners","listener"],["Rules","listener-rule"],
["Target groups","target-group"],["Instances","instance"],["File systems","file-system"]];
const width=196,height=52,gapX=44,gapY=14,above=28;
function arrange(graph){
  const places={},shown=columns.filter(([,type])=>graph.nodes.some(n=>n.type===type));
  const stacks=shown.map(([,type])=>graph.nodes.filter(n=>n.type===type));
  const tallest=Math.max(...stacks.map(s=>s.length));
  stacks.forEach((stack,column)=>{
    const middle=node=>{const from=graph.links.filter(l=>l.to===node.id&&places[l.from]);
      return from.length?from.reduce((sum,l)=>sum+places[l.from].y,0)/from.length:0};
    stack.map((node,i)=>({node,i,at:middle(node)})).sort((a,b)=>a.at-b.at||a.i-b.i)
    .forEach(({node},row)=>{const free=(tallest-stack.length)*(height+gapY)/2;
      places[node.id]={node,x:column*(width+gapX),y:above+free+row*(height+gapY)}})});
  return{places,shown,size:[shown.length*(width+gapX)-gapX,above+tallest*(height+gapY)]}}
function clipped(text,most){return text.length>most?text.slice(0,most-1)+"…":text}
/* A target group is as well as its targets are. */
function toneOf(node,links){
  if(node.type!=="target-group")return tone(node.state);
  const states=links.filter(l=>l.from===node.id).map(l=>tone(l.state));
  return states.includes("bad")?"bad":states.includes("wait")?"wait":states.includes("ok")?"ok":""}
function drawNode(place,links){
  const {node,x,y}=place,g=draw("g",{class:"node "+toneOf(node,links),"data-type":node.type,
    "data-state":node.state,"data-id":node.id,transform:`translate(${x} ${y})`});
  g.append(draw("rect",{class:"box",width,height,rx:9}),
    draw("rect",{class:"mark",x:0,y:10,width:4,height:height-20,rx:2}),
    draw("text",{class:"label",x:15,y:22},clipped(node.label,24)),
    draw("text",{class:"detail",x:15,y:39},
      clipped([node.state,node.detail].filter(Boolean).join(" · "),31)),
    draw("title",{},[node.label,node.state,node.detail,node.id].filter(Boolean).join("\n")));
  return g}
function drawLink(link,places){
  const a=places[link.from],b=places[link.to];if(!a||!b)return null;
  const x1=a.x+width,y1=a.y+height/2,y2=b.y+height/2,x2=b.x,bend=Math.max(24,(x2-x1)/2);
  const path=draw("path",{class:tone(link.state),"data-from":link.from,"data-to":link.to,
    d:`M${x1} ${y1}C${x1+bend} ${y1} ${x2-bend} ${y2} ${x2} ${y2}`});
  if(link.state)path.append(draw("title",{},[link.state,link.reason].filter(Boolean).join(": ")));
  return path}
/* All that leads to or from a node, for when the pointer is over it. */
function wayOf(id,links){const near=new Set([id]);
  for(const [here,there] of [["from","to"],["to","from"]]){const open=[id];
    while(open.length){const at=open.pop();
      for(const l of links)if(l[here]===at&&!near.has(l[there])){near.add(l[there]);open.push(l[there])}}}
  return near}
function showGraph(graph){
  const svg=$("graph");svg.replaceChildren();svg.classList.remove("focus");
  $("empty").hidden=graph.nodes.length>0;svg.style.display=graph.nodes.length?"":"none";
  if(!graph.nodes.length)return;
  const {places,shown,size}=arrange(graph);
  svg.setAttribute("viewBox",`-1 0 ${Math.max(size[0],5*(width+gapX))+2} ${size[1]}`);
  shown.forEach(([title],i)=>svg.append(draw("text",{class:"title",x:i*(width+gapX),y:14},title)));
  for(const link of graph.links){const path=drawLink(link,places);if(path)svg.append(path)}
  for(const id in places){const g=drawNode(places[id],graph.links);svg.append(g);
    g.addEventListener("mouseenter",()=>{const near=wayOf(id,graph.links);svg.classList.add("focus");
      for(const e of svg.querySelectorAll(".node"))e.classList.toggle("near",near.has(e.dataset.id));
      for(const e of svg.querySelectorAll("path"))
        e.classList.toggle("near",near.has(e.dataset.from)&&near.has(e.dataset.to))});
    g.addEventListener("mouseleave",()=>svg.classList.remove("focus"))}}

function showFacts(s){const fact=(name,value)=>make("li",{},name+" ",make("b",{},String(value)));
  $("facts").replaceChildren(fact("region",s.region),fact("account",s.account),
    fact("calls",s.total_calls),fact("time ×",s.time_scale));
  $("endpoints").replaceChildren(...s.endpoints.map(e=>make("li",{},
    make("a",{href:e.url,target:"_blank",rel:"noreferrer"},e.url))))}
function showFaults(faults){$("faults-section").hidden=!faults.length;
  $("faults").replaceChildren(...faults.map(f=>{const {kind,hits,...rest}=f;
    return make("li",{},pill(kind,hits?"bad":"wait"),make("span",{class:"dim"},"hit "+hits+" ×"),
      make("span",{class:"mono"},Object.entries(rest).map(p=>p.join("=")).join(" ")))}))}
function showTargets(targets){$("targets").replaceChildren(...(targets.length?targets.map(t=>
  make("tr",{"data-state":t.state},make("td",{class:"whole"},t.target_group),
    make("td",{class:"mono whole"},t.target+":"+t.port),
    make("td",{},pill(t.state,tone(t.state)),
      t.reason?make("div",{class:"dim"},t.reason+": "+t.description):""))):
  [make("tr",{},make("td",{colspan:3,class:"dim"},"No targets are registered."))]))}
const opened=new Set();
function showItems(items){const types=[...new Set(items.map(i=>i.type))];
  $("items").replaceChildren(...types.map(type=>{const mine=items.filter(i=>i.type===type);
    const box=make("details",{},make("summary",{},type,make("span",{class:"chip"},String(mine.length))),
      make("ul",{},...mine.map(i=>make("li",{title:i.id},
        make("span",{class:"mono"},i.name||i.id.split("/").slice(-2).join("/")),
        i.state?pill(i.state,tone(i.state)):""))));
    box.open=opened.has(type);
    box.addEventListener("toggle",()=>box.open?opened.add(type):opened.delete(type));return box}))}
function showCalls(calls){$("calls").replaceChildren(...calls.slice(-60).reverse().map(c=>
  make("tr",{},make("td",{class:"mono dim"},c.time.slice(11,23)),
    make("td",{},make("span",{class:"dim"},c.service+" "),c.action),
    make("td",{class:"mono dim",title:c.parameters},c.parameters),
    make("td",{title:c.message},pill(c.status?String(c.status):"none",c.error||c.fault?"bad":"ok"),
      " ",c.error,c.fault?make("span",{class:"dim"}," "+c.fault+" injected"):""),
    make("td",{class:"mono dim took"},c.milliseconds===null?"":c.milliseconds.toFixed(1)+" ms"))))}

/* Only what has changed is drawn again. */
const last={};
function when(name,value,show){const text=JSON.stringify(value);
  if(last[name]!==text){last[name]=text;show(value)}}
async function refresh(){
  try{const s=await(await fetch("/_albatross/state")).json();
    when("facts",[s.region,s.account,s.total_calls,s.time_scale,s.endpoints],()=>showFacts(s));
    when("graph",s.graph,showGraph);when("faults",s.faults,showFaults);
    when("targets",s.targets,showTargets);when("items",s.items,showItems);
    when("calls",s.calls,showCalls);
    document.body.dataset.ready="yes";document.body.classList.remove("gone")}
  catch(e){document.body.classList.add("gone");
    $("facts").replaceChildren(make("li",{},"The simulator does not answer."))}
  setTimeout(refresh,1000)}
$("own-url").textContent=location.origin;
refresh();
)js";
}

}  // namespace albatross::sim
