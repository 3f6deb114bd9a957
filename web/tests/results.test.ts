import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { defaultViewOf, readTable } from "../src/results.js";
import type { Term } from "../src/terms.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value: string): Term => ({ type: "literal", value });
const typed = (value: string, datatype: string): Term => ({ type: "literal", value, datatype: XSD + datatype });
const iri = (value: string): Term => ({ type: "uri", value });

function columns(row: Record<string, Term>, vars = Object.keys(row)): Record<string, string> {
  const table = readTable({ head: { vars }, results: { bindings: [row] } }, "");
  return Object.fromEntries(table.columns.map(({ name, kind, role, about }) => [name, [kind, role, about].filter((part) => part !== undefined).join(" ")]));
}

test("a column's kind is told by its terms", () => {
  const wkt: Term = { type: "literal", value: "POINT(1 2)", datatype: "http://www.opengis.net/ont/geosparql#wktLiteral" };
  deepEqual(columns({ a: iri("x:a"), b: text("b"), c: typed("1", "integer"), d: typed("2026-01", "gYearMonth"), e: wkt, f: typed("true", "boolean") }, ["a", "b", "c", "d", "e", "f", "g"]), {
    a: "iri none", b: "text none", c: "number none", d: "date none", e: "place none", f: "boolean none", g: "empty none",
  });
});

test("terms of two kinds make a mixed column", () => {
  const bindings = [{ a: iri("x:a") }, { a: text("a") }];
  equal(readTable({ head: { vars: ["a"] }, results: { bindings } }, "").columns[0]?.kind, "mixed");
});

test("xLabel names x, and edgeLabel nothing", () => {
  deepEqual(columns({ event: iri("x:e"), eventLabel: text("e"), edgeLabel: text("hit"), kindLabel: text("attack") }), {
    event: "iri none", eventLabel: "text label event", edgeLabel: "text edgeLabel", kindLabel: "text label",
  });
});

test("bounds belong to the number beside them", () => {
  const n = typed("1", "integer");
  deepEqual(columns({ low: n, best: n, high: n }), { low: "number lower best", best: "number point", high: "number upper best" });
  deepEqual(columns({ lowNow: n, bestNow: n, highNow: n }), { lowNow: "number lower bestNow", bestNow: "number point", highNow: "number upper bestNow" });
  deepEqual(columns({ killed: n, killedAtLeast: n, killedAtMost: n }), { killed: "number none", killedAtLeast: "number lower killed", killedAtMost: "number upper killed" });
  deepEqual(columns({ value: n, lowerBound: n, upperBound: n }), { value: "number point", lowerBound: "number lower value", upperBound: "number upper value" });
  deepEqual(columns({ atLeast: n, atMost: n }), { atLeast: "number lower", atMost: "number upper" });
});

test("dates bound a time by name, and other things of such a name do not", () => {
  const day = typed("2026-01-24", "date");
  deepEqual(columns({ start: day, end: day, published: day }), { start: "date start", end: "date end", published: "date reported" });
  deepEqual(columns({ start: typed("12", "integer"), from: iri("x:a"), to: iri("x:b") }), { start: "number none", from: "iri none", to: "iri none" });
});

test("the view that a query asks for has the name that it has here", () => {
  equal(defaultViewOf("SELECT * {}\n#defaultView:Map{\"hide\":[\"?a\"]}"), "map");
  equal(defaultViewOf("#defaultView:Graph\nSELECT * {}"), "network");
  equal(defaultViewOf("#defaultView:BarChart"), "chart");
  equal(defaultViewOf("SELECT * { ?s ?p '#defaultView:Map' }"), undefined);
  equal(defaultViewOf("SELECT * {}"), undefined);
});
