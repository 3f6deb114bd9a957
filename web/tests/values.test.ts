import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { readTable } from "../src/results.js";
import type { Table } from "../src/table.js";
import type { Term } from "../src/terms.js";
import { binned, cellFor } from "../src/values/bins.js";
import { clocksOf } from "../src/values/clocks.js";
import { histogram } from "../src/values/histogram.js";
import { networkOf } from "../src/values/links.js";
import { addressOf, curieOf } from "../src/values/names.js";
import { ordered } from "../src/values/order.js";
import { packed } from "../src/values/packing.js";
import { radiusOf } from "../src/values/precision.js";
import { amountOf, quantitiesOf } from "../src/values/quantities.js";
import { spanOf } from "../src/values/span.js";
import { geometryOf } from "../src/values/wkt.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const literal = (value: string, datatype?: string): Term => ({ type: "literal", value, ...(datatype ? { datatype } : {}) });
const date = (value: string, type = "date"): Term => literal(value, XSD + type);
const integer = (value: number): Term => literal(String(value), `${XSD}integer`);
const iri = (name: string): Term => ({ type: "uri", value: `https://w3id.org/polemos/id/${name}` });
const wkt = (value: string): Term => literal(value, "http://www.opengis.net/ont/geosparql#wktLiteral");
const utc = (text: string): number => Date.parse(text);

function table(...bindings: Record<string, Term>[]): Table {
  return readTable({ head: { vars: [...new Set(bindings.flatMap(Object.keys))] }, results: { bindings } }, "");
}

test("a date is as long as it says", () => {
  deepEqual(spanOf(date("2022", "gYear")), { from: utc("2022-01-01"), until: utc("2023-01-01") });
  deepEqual(spanOf(date("2022-12", "gYearMonth")), { from: utc("2022-12-01"), until: utc("2023-01-01") });
  deepEqual(spanOf(date("2024-02-29")), { from: utc("2024-02-29"), until: utc("2024-03-01") });
  deepEqual(spanOf(date("2026-01-24T01:30:00+02:00", "dateTime")), { from: utc("2026-01-23T23:30:00Z"), until: utc("2026-01-23T23:30:00Z") });
  deepEqual(spanOf(date("2026-01-24+02:00")), { from: utc("2026-01-23T22:00:00Z"), until: utc("2026-01-24T22:00:00Z") });
  equal(spanOf(date("-0044-03-15"))?.from, -63_549_360_000_000);
  equal(spanOf(date("last week")), undefined);
  equal(spanOf(literal("2022-01-01")), undefined);
});

test("bounds that are not told leave a time open", () => {
  const [clock] = clocksOf(table({ start: date("2014-01-01"), end: date("2014-01-03") }, { start: date("2022-02-24") }, {}));
  deepEqual(clock?.spans, [
    { from: utc("2014-01-01"), until: utc("2014-01-04") },
    { from: utc("2022-02-24"), until: Infinity },
    undefined,
  ]);
});

test("what happened and what was reported are two clocks", () => {
  const clocks = clocksOf(table({ published: date("2026-01-25"), start: date("2026-01-24"), end: date("2026-01-24") }));
  deepEqual(clocks.map(({ name, reported }) => [name, reported]), [["start", false], ["published", true]]);
});

test("well-known text with and without a reference system", () => {
  deepEqual(geometryOf(wkt("POINT(30.5 50.45)")), { type: "Point", coordinates: [30.5, 50.45] });
  deepEqual(geometryOf(wkt("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> Point (30.5 50.45)")), { type: "Point", coordinates: [30.5, 50.45] });
  deepEqual(geometryOf(wkt("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(50.45 30.5)")), { type: "Point", coordinates: [30.5, 50.45] });
  deepEqual(geometryOf(wkt("MULTIPOINT((1 2), (3 4))")), { type: "MultiPoint", coordinates: [[1, 2], [3, 4]] });
  deepEqual(geometryOf(wkt("MULTIPOINT(1 2, 3 4)")), { type: "MultiPoint", coordinates: [[1, 2], [3, 4]] });
  deepEqual(geometryOf(wkt("LINESTRING(1 2, 3 4)")), { type: "LineString", coordinates: [[1, 2], [3, 4]] });
});

test("rings are turned as d3-geo wants them: clockwise outside, the other way inside", () => {
  const square = [[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]];
  const hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]];
  deepEqual(geometryOf(wkt("POLYGON((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))")), { type: "Polygon", coordinates: [square, hole] });
  deepEqual(geometryOf(wkt("MULTIPOLYGON(((0 0, 0 4, 4 4, 4 0, 0 0)))")), { type: "MultiPolygon", coordinates: [[square]] });
});

test("what is no place on Earth is none", () => {
  for (const text of ["POINT EMPTY", "POINT(1)", "POINT(500 95)", "POINT(a b)", "CIRCLE(1 2)", "<http://www.opengis.net/def/crs/EPSG/0/27700> POINT(1 2)", "", "POINT(1 2", "POINT((((((1 2))))))"]) {
    equal(geometryOf(wkt(text)), undefined, text);
  }
});

test("precision by code, by label in both languages, and by UCDP's number", () => {
  deepEqual(["https://w3id.org/polemos/id/place-precision/Near", "near", "поблизу", "2"].map(radiusOf), [25, 25, 25, 25]);
  deepEqual(["exact", "city", "country", "nonsense", undefined].map(radiusOf), [0, 10, 400, 0, 0]);
});

test("points in one cell are one circle at the middle of what is in it", () => {
  const bins = binned([1, 3, 11], [1, 1, 1], [1, 3, 2], [0, 1, 2], 10);
  deepEqual(bins, [
    { x: 2.5, y: 1, count: 4, points: [0, 1] },
    { x: 11, y: 1, count: 2, points: [2] },
  ]);
  deepEqual(binned([1, 2], [1, 1], [0, 1], [0, 1], 10), [{ x: 2, y: 1, count: 1, points: [1] }]);
  equal(cellFor(34, 1), 32);
});

test("a histogram spreads a span over the bins that it covers", () => {
  const spans = [{ from: 0, until: 1 }, { from: 5, until: 25 }, { from: 22, until: Infinity }, undefined, { from: 30, until: 30 }];
  deepEqual([...histogram(spans, spans.keys(), [0, 10, 20, 30])], [1.25, 0.5, 2.25]);
});

test("bars that do not touch share a line", () => {
  deepEqual(packed([{ left: 0, right: 10 }, { left: 5, right: 15 }, { left: 12, right: 20 }], 1), { lines: [0, 1, 0], count: 2 });
});

test("rows are sorted by what the values mean, and those without one come last", async () => {
  const sort = async (cells: (Term | undefined)[], kind: "number" | "date" | "text", descending = false) =>
    [...((await ordered(cells, kind, descending, new Intl.Collator("en", { numeric: true }).compare, async () => undefined)) ?? [])];
  deepEqual(await sort([integer(10), undefined, integer(9)], "number"), [2, 0, 1]);
  deepEqual(await sort([integer(10), undefined, integer(9)], "number", true), [0, 2, 1]);
  deepEqual(await sort([date("2022-06-01"), date("2022", "gYear"), date("2021-12-31T23:59:59Z", "dateTime")], "date"), [2, 1, 0]);
  deepEqual(await sort([literal("item 10"), literal("Item 9"), literal("item 9")], "text"), [2, 1, 0]);
  const many = Array.from({ length: 20_000 }, (_, at) => integer((at * 7919) % 20_000));
  deepEqual((await sort(many, "number")).map((row) => (row * 7919) % 20_000), [...many.keys()]);
});

test("short names, and addresses that a browser may follow", () => {
  equal(curieOf("https://w3id.org/polemos/id/event/2026-01-24-kyiv-strike"), "event:2026-01-24-kyiv-strike");
  equal(curieOf("https://w3id.org/polemos/ontology#Attack"), "pol:Attack");
  equal(curieOf("http://www.wikidata.org/entity/Q212"), "wd:Q212");
  equal(curieOf("https://example.org/x"), "https://example.org/x");
  deepEqual(addressOf("https://w3id.org/polemos/id/event/a", "/"), { href: "/page/event/a", external: false });
  deepEqual(addressOf("https://w3id.org/polemos/ontology#Attack", "/kg/"), { href: "/kg/ontology/Attack", external: false });
  deepEqual(addressOf("http://www.wikidata.org/entity/Q212", "/"), { href: "http://www.wikidata.org/entity/Q212", external: true });
  for (const evil of ["javascript:alert(1)", "data:text/html,x", "urn:isbn:1", "JavaScript:alert(1)//https://"]) equal(addressOf(evil, "/"), undefined);
});

test("rows about the same link are one link, with all who tell of it", () => {
  const row = (event: string, claim: string, contested: boolean) => ({
    from: iri("actor/a"), to: iri("actor/b"), edgeLabel: literal("attacked"), event: iri(event), claim: iri(claim), contested: literal(String(contested), `${XSD}boolean`),
  });
  const { nodes, links } = networkOf(table(row("event/1", "claim/1", false), row("event/1", "claim/2", true), row("event/2", "claim/1", false)));
  deepEqual(nodes.map(({ label, kind }) => [label, kind]), [["actor:a", "actor"], ["actor:b", "actor"]]);
  deepEqual(links.map(({ rows, sources, contested }) => [rows, sources, contested]), [[[0, 1], 2, true], [[2], 1, false]]);
});

test("without columns of such names the first thing in a row is joined to each later one", () => {
  const { links } = networkOf(table({ event: iri("event/1"), place: iri("region/1"), claim: iri("claim/1"), who: iri("actor/1") }));
  deepEqual(links.map(({ target, label }) => [target, label]), [["https://w3id.org/polemos/id/region/1", "place"], ["https://w3id.org/polemos/id/actor/1", "who"]]);
});

test("quantities have the bounds that go with them", () => {
  const found = table({ count: integer(2), low: integer(1), best: integer(2), high: integer(3) }, { best: integer(5) });
  deepEqual(quantitiesOf(found).map(({ name }) => name), ["best", "count"]);
  const [best] = quantitiesOf(found);
  deepEqual(best && [amountOf(found, best, 0), amountOf(found, best, 1)], [{ point: 2, lower: 1, upper: 3 }, { point: 5, lower: undefined, upper: undefined }]);
  deepEqual(quantitiesOf(table({ atLeast: integer(1), atMost: integer(2), latitude: integer(50) })), [{ name: "atLeast – atMost", point: undefined, lower: 0, upper: 1 }]);
});
