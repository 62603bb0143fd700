// What the calculator of due dates computes: days after a first day, and calendar files
// (RFC 5545). No page, no words: these come from the page and are given as texts. Days are
// strings such as 2026-01-31; a shift is [months, days]. render/due.py makes the shifts, and
// render/calendar_file.py writes the files of a build by the same rules.
globalThis.stepwellDates = (() => {
  const DAY = 86_400_000;
  const utc = (day) => Date.parse(`${day}T00:00:00Z`);
  const written = (time) => new Date(time).toISOString().slice(0, 10);

  // Months first, where the 31st becomes the last day of a shorter month; then days.
  function after(start, [months, days]) {
    const [year, month, day] = start.split("-").map(Number);
    const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
    return written(Date.UTC(year, month - 1 + months, Math.min(day, last)) + days * DAY);
  }

  // A day that can be a first one: it exists, and lies from the earliest to the latest.
  function isDay(text, earliest, latest) {
    const exists = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text)) && written(utc(text)) === text;
    return exists && earliest <= text && text <= latest;
  }

  // Where a day stands: passed, now or to come.
  const standing = (today, from, to) => (today > to ? "passed" : today >= from ? "now" : "later");

  const compact = (day) => day.replaceAll("-", "");

  // How something repeats that is first due on a day, a shift apart; "" if no rule says it.
  // Counted in months it keeps the day of the month, or the last one of a shorter month.
  function rule(first, every, kept, until) {
    if (!every) return "";
    const [months, days] = every;
    if (months && days) return "";
    const end = until ? `;UNTIL=${compact(until)}` : "";
    if (days) return days % 7 ? `FREQ=DAILY;INTERVAL=${days}${end}` : `FREQ=WEEKLY;INTERVAL=${days / 7}${end}`;
    const yearly = months % 12 === 0;
    const often = yearly ? `FREQ=YEARLY;INTERVAL=${months / 12}` : `FREQ=MONTHLY;INTERVAL=${months}`;
    if (kept <= 28) return often + end;
    const choice = Array.from({ length: kept - 27 }, (_, number) => number + 28);
    const month = yearly ? `;BYMONTH=${Number(first.slice(5, 7))}` : "";
    return `${often}${month};BYMONTHDAY=${choice};BYSETPOS=-1${end}`;
  }

  // The day of the month on which something falls that is counted in months from a first day.
  const keptDay = (start, first, [, days]) => Number((days ? first : start).slice(8));

  // ---- Calendar files -------------------------------------------------------------------------
  const escaped = (text) =>
    text.replace(/[\0\r]/g, "").replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

  // Lines of at most 75 octets; no letter is cut in two.
  function folded(line) {
    const encoder = new TextEncoder();
    const parts = [""];
    let size = 0;
    for (const letter of line) {
      const octets = encoder.encode(letter).length;
      if (size + octets > 75) {
        parts.push(" ");
        size = 1;
      }
      parts[parts.length - 1] += letter;
      size += octets;
    }
    return parts.join("\r\n");
  }

  function event({ uid, from, to, title, text, address, repeat, remind }, language, stamp) {
    const lines = [
      "BEGIN:VEVENT",
      `UID:${escaped(uid)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(from)}`,
      `DTEND;VALUE=DATE:${compact(after(to, [0, 1]))}`,
    ];
    if (repeat) lines.push(`RRULE:${repeat}`);
    lines.push(
      `SUMMARY;LANGUAGE=${language}:${escaped(title)}`,
      `DESCRIPTION;LANGUAGE=${language}:${escaped(text)}`,
      `URL:${address}`,
      "CLASS:PRIVATE",
      "TRANSP:TRANSPARENT",
    );
    // Fifteen hours before the day begins: at nine on the morning before.
    if (remind)
      lines.push("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H", `DESCRIPTION:${escaped(title)}`, "END:VALARM");
    return [...lines, "END:VEVENT"];
  }

  // A calendar with its events; `now` is the time at which it is made. Nobody is invited.
  function calendarFile(name, language, events, now) {
    const stamp = `${now.toISOString().replace(/[-:]|\.\d+/g, "")}`;
    const lines = [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Stepwell//Care pathways//EN",
      "CALSCALE:GREGORIAN",
      `X-WR-CALNAME:${escaped(name)}`,
      ...events.flatMap((one) => event(one, language, stamp)),
      "END:VCALENDAR",
    ];
    return lines.map((line) => `${folded(line)}\r\n`).join("");
  }

  return { after, isDay, standing, rule, keptDay, calendarFile };
})();
