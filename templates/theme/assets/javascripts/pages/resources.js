// The directory of places: shows only what fits the choices of the form. Each choice has the name
// of a data attribute of the cards; an attribute is one value, several values with spaces between
// them, or * for every value. "Open now" reads the tables of opening hours by the clock of the
// device. Choices stand in the address, so that a view can be shared or kept. All words come from
// the page. Without this script all places are shown.
(() => {
  const form = document.querySelector(".sw-filter");
  const list = document.querySelector("[data-filter-list]");
  if (!form || !list) return;
  const part = (name) => document.querySelector(`[data-filter-${name}]`);
  const cards = [...list.children];
  const fields = [...form.elements].filter((field) => field.name);
  const language = `${document.documentElement.lang}-u-nu-latn`;
  const number = new Intl.NumberFormat(language);
  const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const DAY = 24 * 60;

  const valueOf = (field) => (field.type === "checkbox" && !field.checked ? "" : field.value);
  const minutes = (time) => {
    const [hours, rest] = time.split(":").map(Number);
    return hours * 60 + rest;
  };
  // The row of the table by which a place is open at a time; one that closes at or before it
  // opens is open past midnight, and 23:59 is midnight.
  const rowAt = (card, now) => {
    const at = now.getHours() * 60 + now.getMinutes();
    const [today, yesterday] = [WEEK[now.getDay()], WEEK[(now.getDay() + 6) % 7]];
    return [...card.querySelectorAll("tr[data-opens]")].find(({ dataset }) => {
      const days = dataset.days.split(" ");
      const opens = minutes(dataset.opens);
      const closes = dataset.closes === "23:59" ? DAY : minutes(dataset.closes);
      if (closes > opens) return days.includes(today) && opens <= at && at < closes;
      return (days.includes(today) && opens <= at) || (days.includes(yesterday) && at < closes);
    });
  };
  const fits = (card, name, value, now) => {
    if (name === "open") return Boolean(rowAt(card, now));
    const has = card.dataset[name] ?? "";
    return [has, ...has.split(" ")].some((one) => one === "*" || one === value);
  };
  const fitting = (chosen, now) =>
    cards.filter((card) => chosen.every(([field, value]) => fits(card, field.name, value, now)));

  // What is open says until when, and what else its hours say.
  const tellOpen = (card, row) => {
    card.querySelector(".sw-open")?.remove();
    if (!row) return;
    const line = part("open").content.firstElementChild.cloneNode(true);
    const words = line.firstElementChild;
    const time = document.createElement("bdi");
    time.dir = "ltr";
    time.textContent = row.dataset.closes === "23:59" ? "24:00" : row.dataset.closes;
    const [before, after] = words.textContent.split("{time}");
    words.replaceChildren(before, time, after ?? "");
    const note = row.querySelector("[data-note]");
    if (note) line.append(". ", note.cloneNode(true));
    card.querySelector("h3").after(line);
  };
  const clock = (now) => {
    const words = { weekday: "long", hour: "2-digit", minute: "2-digit", hour12: false };
    const time = new Intl.DateTimeFormat(language, words).format(now);
    part("clock").firstElementChild.textContent = form.dataset.clock.replace("{time}", time);
  };
  // Where nothing fits: the choices of which each alone keeps places away.
  const tellNone = (chosen, now) => {
    const ways = chosen
      .map(([field]) => [field, fitting(chosen.filter(([other]) => other !== field), now).length])
      .filter(([, count]) => count);
    part("relax").hidden = !ways.length;
    document.querySelector("ul[data-filter-relax]").replaceChildren(...ways.map(way));
  };
  const way = ([field, count]) => {
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "sw-button";
    const picked = field.type === "checkbox" ? "" : field.selectedOptions[0].textContent;
    const name = `${field.labels[0].textContent} ${picked}`.trim();
    button.textContent = `${name} (${number.format(count)})`;
    button.addEventListener("click", () => {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
      change();
      field.focus();
    });
    return item;
  };

  const apply = () => {
    const now = new Date();
    const chosen = fields.map((field) => [field, valueOf(field)]).filter(([, value]) => value);
    const found = new Set(fitting(chosen, now));
    const open = chosen.some(([field]) => field.name === "open");
    for (const card of cards) {
      card.hidden = !found.has(card);
      tellOpen(card, open && found.has(card) ? rowAt(card, now) : undefined);
    }
    part("clock").hidden = !open;
    if (open) clock(now);
    part("status").textContent = form.dataset.shown.replace("{count}", number.format(found.size));
    part("none").hidden = found.size > 0;
    if (!found.size) tellNone(chosen, now);
  };
  const remember = () => {
    const choices = new URLSearchParams();
    for (const field of fields) if (valueOf(field)) choices.set(field.name, valueOf(field));
    const query = String(choices) ? `?${choices}` : "";
    try {
      history.replaceState(null, "", location.pathname + query + location.hash);
    } catch {
      // From a disk the address may not change; the list does.
    }
  };
  const change = () => {
    apply();
    remember();
  };

  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = asked.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = value === field.value;
    else field.value = [...field.options].some((one) => one.value === value) ? value : "";
  }
  form.addEventListener("change", change);
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
