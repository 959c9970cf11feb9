/** A run-sheet's page, without a page: times of day, days, groups, and what the calendar file says. */
import assert from "node:assert/strict";
import { clock, dayFrom, events, later, minuteOf } from "../../courseware/web/facilitate/event.js";
import { FEWEST, groupsOf, MOST } from "../../courseware/web/facilitate/room-size.js";

Deno.test("a time of day is read and written, and begins again at midnight", () => {
  for (let minute = 0; minute < 1440; minute++) assert.equal(minuteOf(clock(minute)), minute);
  assert.equal(clock(1440 + 5), "00:05");
  for (const none of ["", "9:30", "24:00", "12:60", "noon"]) assert.equal(minuteOf(none), null);
});

Deno.test("a day is one that there is, and the next is found across months, years and leap days", () => {
  assert.deepEqual(dayFrom("2026-11-24"), { year: 2026, month: 11, day: 24 });
  for (const none of ["", "2026-02-30", "2026-13-01", "24/11/2026", "2025-02-29"]) {
    assert.equal(dayFrom(none), null);
  }
  const after = (/** @type {string} */ text) => {
    const day = dayFrom(text);
    assert.ok(day);
    return later(day, 1);
  };
  assert.deepEqual(after("2026-12-31"), { year: 2027, month: 1, day: 1 });
  assert.deepEqual(after("2028-02-28"), { year: 2028, month: 2, day: 29 });
});

Deno.test("groups are of three to five", () => {
  for (let size = FEWEST; size <= MOST; size++) {
    assert.ok(groupsOf(size) * 3 <= size && size <= groupsOf(size) * 5, String(size));
  }
});

Deno.test("the file has one entry a day, with floating times and no line too long", () => {
  const entry = {
    title: "Leading; under, pressure",
    day: { year: 2026, month: 11, day: 24 },
    start: 23 * 60 + 30,
    minutes: 90,
    description: `First\nthen “${"é".repeat(200)}”`,
  };
  const text = events({
    course: "a-course",
    id: "one-90",
    url: "https://example.org/sheet.html",
    entries: [entry, { ...entry, day: later(entry.day, 1) }],
    now: new Date(Date.UTC(2026, 10, 22, 10, 5, 9, 7)),
  });
  const lines = text.split("\r\n");
  assert.equal(lines.pop(), "");
  assert.ok(lines.every((line) => new TextEncoder().encode(line).length <= 75));
  const whole = text.replaceAll("\r\n ", "").split("\r\n");
  const of = (/** @type {string} */ name) => whole.filter((line) => line.startsWith(name));
  assert.deepEqual(of("UID:"), ["UID:one-90-20261124@a-course", "UID:one-90-20261125@a-course"]);
  assert.deepEqual(of("DTSTART"), ["DTSTART:20261124T233000", "DTSTART:20261125T233000"]);
  assert.deepEqual(of("DTEND"), ["DTEND:20261125T010000", "DTEND:20261126T010000"]);
  assert.equal(of("DTSTAMP")[0], "DTSTAMP:20261122T100509Z");
  assert.equal(of("SUMMARY")[0], "SUMMARY:Leading\\; under\\, pressure");
  assert.ok(of("DESCRIPTION")[0].startsWith("DESCRIPTION:First\\nthen “ééé"));
  assert.equal(of("URL:").length, 2);
  assert.ok(!events({ course: "c", id: "i", url: null, entries: [entry], now: new Date() }).includes("URL:"));
});
