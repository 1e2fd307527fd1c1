/* Saves the forms of a draft while somebody types (decision 0020). Without this file the buttons of the page do the same.

   A field that changes is kept in this browser at once, sent within two seconds, and forgotten here when the server has it: in
   the proposal, or beside it when it cannot be stored yet. When the connection drops it is tried again until it succeeds. */
(() => {
  "use strict";

  const QUIET_MS = 1000; // after the last keystroke
  const LONGEST_MS = 8000; // for who never pauses
  const HEARTBEAT_MS = 10000;
  const BUSY_MS = 25000;
  const FIRST_RETRY_MS = 1000;
  const LAST_RETRY_MS = 30000;

  const together = document.getElementById("samen");
  if (!together) return;
  const store = `wijkcontract:${together.dataset.persoon}:${together.dataset.voorstel}:`;
  let lastTyped = 0;
  let toldVersion = 0;
  let seenVersion = Number(together.dataset.versie);

  /* ---- what is on the page ------------------------------------------------------------------------------------------- */

  const controls = (form, name) => [...form.elements].filter((one) => one.name === name);
  const valuesOf = (form, name) => new FormData(form).getAll(name).map((one) => String(one).replace(/\r\n/g, "\n"));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const HIDDEN = new Set(["csrfmiddlewaretoken", "version", "nieuw", "basis"]);

  function put(form, name, values) {
    for (const one of controls(form, name)) {
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else one.value = values[0] ?? "";
    }
  }

  const ICONS = { ok: "check", busy: "clock", off: "alert", bad: "stop" };

  /* The one status line of the page: a screen reader hears it when the words change. */
  function say(text, kind) {
    const place = document.getElementById("bewaard");
    if (!place) return;
    place.className = `save save--${kind}`;
    const drawing = place.querySelector("use");
    drawing?.setAttribute("href", drawing.getAttribute("href").replace(/#.*$/, `#i-${ICONS[kind]}`));
    const words = place.querySelector("span");
    if (words && words.textContent !== text) words.textContent = text;
  }

  /* A quiet line for the eye only. */
  function unheard(tag) {
    const line = document.createElement(tag);
    line.className = "small muted";
    line.setAttribute("aria-hidden", "true");
    return line;
  }

  /* How much of its room a text takes; the help above it says the same limit to who cannot see this line. */
  function count(area) {
    const line = unheard("p");
    const most = Number(area.dataset.most);
    const number = (value) => value.toLocaleString("nl-BE");
    const tell = () => {
      const left = most - [...area.value].length;
      const over = left === -1 ? "1 teken te veel" : `${number(-left)} tekens te veel`;
      line.textContent = left < 0 ? over : `${number(most - left)} van ${number(most)} tekens`;
    };
    tell();
    area.addEventListener("input", tell);
    area.after(line);
  }

  function replace(fragments) {
    for (const [id, html] of Object.entries(fragments)) {
      const old = document.getElementById(id);
      if (!old || old.contains(document.activeElement)) continue;
      const made = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
      if (made && made.outerHTML !== old.outerHTML) old.replaceWith(made);
    }
  }

  /* ---- what this browser keeps until the server has it ---------------------------------------------------------------- */

  const keep = {
    write(key, value) {
      try {
        localStorage.setItem(store + key, JSON.stringify(value));
      } catch {
        say("Deze browser kan niets bijhouden. Bewaar zelf voor u weggaat.", "off");
      }
    },
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(store + key));
      } catch {
        return null;
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(store + key);
      } catch {
        /* nothing was kept */
      }
    },
  };

  /* ---- one form ------------------------------------------------------------------------------------------------------- */

  class Draft {
    constructor(form) {
      this.form = form;
      this.isNew = Boolean(form.elements.namedItem("nieuw"));
      this.part = form.dataset.deel;
      // A new record gets another id at each load; what was typed for it is found again by its kind.
      this.key = this.isNew ? `${this.part.split("/").slice(0, 2).join("/")}/nieuw` : this.part;
      this.names = [...new Set([...form.elements].map((one) => one.name))].filter((name) => name && !HIDDEN.has(name));
      this.stored = Object.fromEntries(this.names.map((name) => [name, valuesOf(form, name)]));
      this.basis = {};
      this.asked = {};
      this.dirty = new Set();
      this.open = new Map();
      this.retry = FIRST_RETRY_MS;
      this.timer = 0;
      this.since = 0;
      this.queue = Promise.resolve(true);
      this.note = form.querySelector(".actions")?.appendChild(unheard("span"));
      form.querySelectorAll("textarea[data-most]").forEach(count);
      form.addEventListener("input", (event) => this.changed(event.target.name));
      form.addEventListener("change", (event) => this.changed(event.target.name));
      form.addEventListener("submit", (event) => this.submit(event));
      form.addEventListener("click", (event) => this.choose(event));
      this.recall();
    }

    /* Beside the button too: the line of the page is out of sight for who scrolled, and a screen reader hears only that one. */
    say(text, kind) {
      say(text, kind);
      if (this.note) this.note.textContent = text;
    }

    version(name) {
      return this.basis[name] ?? Number(this.form.elements.namedItem("version").value);
    }

    /* What an earlier page typed and could not send stands in the fields again. */
    recall() {
      const kept = keep.read(this.key);
      if (!kept) return;
      if (this.isNew && kept.nieuw) {
        this.form.elements.namedItem("nieuw").value = kept.nieuw;
        this.part = kept.part;
      }
      for (const [name, one] of Object.entries(kept.fields)) {
        if (!this.names.includes(name) || same(one.values, this.stored[name])) continue;
        put(this.form, name, one.values);
        this.basis[name] = one.version;
        this.dirty.add(name);
      }
      if (this.dirty.size) {
        this.say("Wat u eerder schreef, staat weer in de velden. Het wordt nu bewaard.", "off");
        this.plan(0);
      } else keep.drop(this.key);
    }

    remember() {
      if (!this.dirty.size) return keep.drop(this.key);
      const fields = {};
      for (const name of this.dirty) fields[name] = { values: valuesOf(this.form, name), version: this.version(name) };
      const nieuw = this.isNew ? this.form.elements.namedItem("nieuw").value : "";
      keep.write(this.key, { fields, nieuw, part: this.part });
    }

    changed(name) {
      if (!this.names.includes(name)) return;
      lastTyped = Date.now();
      this.dirty.add(name);
      this.remember();
      this.since ||= Date.now();
      this.plan(Date.now() - this.since > LONGEST_MS ? 0 : QUIET_MS);
    }

    plan(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), wait);
    }

    body() {
      const body = new URLSearchParams();
      const fields = this.form.elements;
      body.set("csrfmiddlewaretoken", fields.namedItem("csrfmiddlewaretoken").value);
      body.set("deel", this.part);
      body.set("version", fields.namedItem("version").value);
      if (this.isNew && !this.added) body.set("nieuw", fields.namedItem("nieuw").value);
      // A record that is not there yet needs all of its fields; one that is there only what changed.
      const names = this.isNew && !this.added ? this.names : [...this.dirty];
      this.asked = {};
      for (const name of names) {
        this.asked[name] = valuesOf(this.form, name);
        body.append("veld", name);
        body.append("basis", `${name}:${this.version(name)}`);
        for (const value of this.asked[name]) body.append(name, value);
      }
      return body;
    }

    /* Sends what is dirty; one request at a time, so that they arrive in order. True when the server has it all. */
    send() {
      clearTimeout(this.timer);
      this.since = 0;
      this.queue = this.queue.then(async () => {
        if (!this.dirty.size) return true;
        const done = await this.request();
        if (done && this.dirty.size) this.plan(QUIET_MS);
        return done && !this.dirty.size;
      });
      return this.queue;
    }

    async request() {
      this.say("Bewaren...", "busy");
      let response;
      try {
        response = await fetch(this.form.dataset.bewaar, {
          method: "POST", body: this.body(), credentials: "same-origin", redirect: "manual", keepalive: document.hidden,
        });
        if (response.type === "opaqueredirect") return this.halt("U bent afgemeld. Meld opnieuw aan in een ander venster; uw tekst staat in deze browser.");
        if (response.status === 403) return this.halt(await this.reason(response));
        if (response.status === 404) return this.halt("Dit staat niet meer in het voorstel. Uw tekst staat in deze browser.");
        if (!response.ok && response.status !== 409) throw new Error(String(response.status));
        this.settle(await response.json());
      } catch {
        this.say(`${response ? "De site kan dit nu niet bewaren." : "Geen verbinding."} Wat u schreef, staat in deze browser en gaat weg zodra het kan.`, "off");
        this.plan(this.retry);
        this.retry = Math.min(this.retry * 2, LAST_RETRY_MS);
        return false;
      }
      this.retry = FIRST_RETRY_MS;
      return true;
    }

    async reason(response) {
      try {
        return (await response.json()).reason;
      } catch {
        return "Deze bladzijde is te oud. Laad ze opnieuw; uw tekst staat in deze browser.";
      }
    }

    halt(text) {
      this.say(text, "bad");
      this.plan(LAST_RETRY_MS);
      return false;
    }

    /* The server has every field that was asked: in the proposal, or beside it. */
    settle(answer) {
      for (const [name, values] of Object.entries(this.asked)) {
        if (same(values, valuesOf(this.form, name))) this.dirty.delete(name);
      }
      for (const name of answer.saved) {
        this.stored[name] = this.asked[name];
        this.basis[name] = answer.version;
        this.close(name);
      }
      // What a choice brought along in another field (an action its measure) stands there now too.
      for (const [name, values] of Object.entries(answer.brought)) {
        if (!this.names.includes(name)) continue;
        if (!this.dirty.has(name)) put(this.form, name, values);
        this.stored[name] = values;
        this.basis[name] = answer.version;
      }
      if (this.isNew && !answer.lacks.length && answer.saved.length) this.added = true;
      if (this.added || !this.isNew) Object.keys(this.asked).forEach((name) => this.fault(name, answer.faults[name] ?? ""));
      for (const [name, conflict] of Object.entries(answer.conflicts)) this.conflict(name, conflict);
      this.remember();
      this.tell(answer);
      if (answer.saved.length) stand.plan();
    }

    tell(answer) {
      const who = Object.keys(answer.conflicts).length;
      if (answer.gone) this.say("Een collega verwijderde dit. Uw tekst is bijgehouden. Bewaar om het opnieuw toe te voegen.", "bad");
      else if (who) this.say("Een collega schreef hier ook. Kies welke tekst blijft; de uwe is bijgehouden.", "off");
      else if (answer.lacks.length) this.say(`Bijgehouden om ${answer.at}. Vul nog aan: ${answer.lacks.join(", ")}`, "off");
      else if (Object.keys(answer.faults).length) this.say(`Bijgehouden om ${answer.at}. Kijk na wat in het rood staat.`, "off");
      else this.say(`Opgeslagen om ${answer.at}`, "ok");
    }

    /* What is wrong with a field stands under it, as after the button. */
    fault(name, text) {
      const [control] = controls(this.form, name);
      const block = control?.closest(".field");
      if (!block) return;
      const id = `fout-${this.form.dataset.deel}-${name}`.replace(/\W/g, "-");
      const shown = block.querySelector(".error");
      if (!text) {
        if (!shown) return;
        shown.remove();
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-errormessage");
        block.classList.remove("field--error");
        return;
      }
      block.querySelector(".error")?.remove();
      const line = document.createElement("p");
      line.id = id;
      line.className = "error";
      line.textContent = text;
      block.append(line);
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-errormessage", id);
      block.classList.add("field--error");
    }

    conflict(name, conflict) {
      const block = controls(this.form, name)[0]?.closest(".field");
      if (!block) return;
      const made = new DOMParser().parseFromString(conflict.html, "text/html").body.firstElementChild;
      const focused = this.open.get(name)?.panel.contains(document.activeElement);
      if (focused) return;
      this.close(name);
      block.after(made);
      this.open.set(name, { panel: made, values: conflict.values, version: conflict.version });
    }

    close(name) {
      this.open.get(name)?.panel.remove();
      this.open.delete(name);
    }

    choose(event) {
      const choice = event.target.closest("[data-kies]")?.dataset.kies;
      if (!choice) return;
      for (const [name, { panel, values, version }] of this.open) {
        if (!panel.contains(event.target)) continue;
        if (choice === "hun") put(this.form, name, values);
        this.basis[name] = version;
        this.close(name);
        controls(this.form, name)[0].focus();
        this.dirty.add(name);
        this.remember();
        this.plan(0);
      }
    }

    /* The button: first what is on its way, then the form itself, with the versions that this page knows. */
    async submit(event) {
      event.preventDefault();
      if (this.submitting) return;
      this.submitting = true;
      const sent = await this.send();
      if (!sent && !(await this.reachable())) {
        this.submitting = false;
        return;
      }
      if (sent) keep.drop(this.key);
      for (const [name, version] of Object.entries(this.basis)) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "basis", value: `${name}:${version}` });
        this.form.append(field);
      }
      if (event.submitter?.name) {
        const pressed = document.createElement("input");
        Object.assign(pressed, { type: "hidden", name: event.submitter.name, value: event.submitter.value });
        this.form.append(pressed);
      }
      clearTimeout(this.timer);
      this.form.submit();
    }

    async reachable() {
      try {
        return (await fetch(together.dataset.stand, { method: "HEAD", credentials: "same-origin", redirect: "manual" })).ok;
      } catch {
        return false;
      }
    }

    /* What a colleague changed meanwhile comes into a field that this person did not touch. */
    overtake(fields, version, page) {
      let isDone = true;
      for (const name of fields) {
        if (!this.names.includes(name) || this.dirty.has(name) || this.open.has(name)) continue;
        if (!same(valuesOf(this.form, name), this.stored[name])) continue;
        const other = page.querySelector(`form[data-deel="${this.form.dataset.deel}"]`);
        if (!other) continue;
        if (controls(this.form, name).includes(document.activeElement)) {
          isDone = false;
          continue;
        }
        const values = valuesOf(other, name);
        put(this.form, name, values);
        this.stored[name] = values;
        this.basis[name] = version;
      }
      return isDone;
    }
  }

  /* ---- what follows from it: the meters, what is missing, who is here ------------------------------------------------- */

  const stand = {
    timer: 0,
    plan() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fetch(), 300);
    },
    async fetch() {
      try {
        const response = await fetch(together.dataset.stand, { credentials: "same-origin", redirect: "manual" });
        if (response.ok) replace((await response.json()).fragments);
      } catch {
        /* the next save asks again */
      }
    },
  };

  async function beat() {
    if (document.hidden) return;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const writes = Date.now() - lastTyped < BUSY_MS ? "ja" : "nee";
    const body = new URLSearchParams({ csrfmiddlewaretoken: token ?? "", schrijft: writes, version: String(seenVersion) });
    try {
      const response = await fetch(together.dataset.aanwezig, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (!response.ok) return;
      const answer = await response.json();
      replace(answer.fragments);
      if (answer.changed.length === 0 || (await catchUp(answer))) seenVersion = Math.max(seenVersion, answer.version);
    } catch {
      /* the next beat tries again */
    }
  }

  /* True when nothing waits: a field in which somebody stands is left alone until the next beat. */
  async function catchUp(answer) {
    let isDone = true;
    stand.plan();
    const touched = answer.changed.filter((one) => drafts.some((draft) => draft.part === one.part));
    if (touched.length) {
      const response = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const one of touched) {
        for (const draft of drafts.filter((found) => found.part === one.part)) {
          isDone = draft.overtake(one.fields, one.version, page) && isDone;
        }
      }
    }
    if (answer.version === toldVersion) return isDone;
    toldVersion = answer.version;
    const who = [...new Set(answer.changed.map((one) => one.who))].join(", ");
    say(`${who} wijzigde dit onderdeel om ${answer.at}`, "ok");
    return isDone;
  }

  const drafts = [...document.querySelectorAll("form[data-bewaar]")].map((form) => new Draft(form));
  const flush = () => drafts.forEach((draft) => draft.dirty.size && draft.send());
  addEventListener("online", () => {
    drafts.forEach((draft) => (draft.retry = FIRST_RETRY_MS));
    flush();
    beat();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? flush() : beat()));
  setInterval(beat, HEARTBEAT_MS);
  beat();
})();
