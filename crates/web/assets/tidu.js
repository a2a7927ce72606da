// Comfort for pages that work without it. What it says to people stands in attributes of the page, in its language.
(() => {
  "use strict";
  const root = document.documentElement;
  root.dataset.script = "";

  // ---- parts of pages that are replaced on their own ----------------------------------------------------------

  let asking = null; // what is under way; a newer wish ends it

  // Asks for a page of ours and hands back its document and its address; null if it is none.
  async function ask(address, options, id) {
    const answer = await fetch(address, {
      credentials: "same-origin",
      ...options,
      headers: { Accept: "text/html", "X-Fragment": id },
    });
    const kind = answer.headers.get("content-type") || "";
    if (!kind.startsWith("text/html") || new URL(answer.url).origin !== location.origin) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { page, url: new URL(answer.url), ok: answer.ok || answer.status === 422 };
  }

  // How to find again what has the focus, when the part around it is replaced.
  function held(part) {
    const at = document.activeElement;
    if (!at || !part.contains(at)) return null;
    const name = at.getAttribute("name");
    const place = [...part.querySelectorAll(at.localName)].indexOf(at);
    return (fresh) =>
      (at.id && fresh.querySelector("#" + CSS.escape(at.id))) ||
      (name && fresh.querySelector(`${at.localName}[name="${CSS.escape(name)}"]`)) ||
      fresh.querySelectorAll(at.localName)[place] ||
      fresh;
  }

  function replace(part, fresh) {
    const find = held(part);
    part.replaceWith(fresh);
    if (find) {
      const at = find(fresh);
      if (at === fresh) at.tabIndex = -1;
      at.focus({ preventScroll: true });
    }
    begin(fresh);
  }

  // Says to those who hear the page what has come.
  function say(text) {
    let place = document.getElementById("said");
    if (!place) {
      place = document.createElement("p");
      place.id = "said";
      place.className = "sr";
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    place.textContent = text;
  }

  // Replaces a part of this page by the same part of another answer; whatever is out of the ordinary is left to the
  // browser, which goes there as it would without a script.
  async function load(address, selector, options = {}, keep = true) {
    const part = document.querySelector(selector);
    const leave = () => (options.method ? location.reload() : location.assign(address));
    if (!part) return leave();
    if (asking) asking.abort();
    const mine = (asking = new AbortController());
    part.setAttribute("aria-busy", "true");
    try {
      const found = await ask(address, { ...options, signal: mine.signal }, part.id);
      const fresh = found && found.ok && found.page.querySelector(selector);
      if (!fresh) return leave();
      if (options.method && found.url.pathname !== new URL(address, location.href).pathname) {
        return location.assign(found.url);
      }
      replace(part, document.importNode(fresh, true));
      if (options.method && document.querySelector("form[data-guarded] .summary")) typed = true;
      // Links of the frame that lead to the same page in another language or look.
      const tools = found.page.querySelector("header .tools");
      if (tools) document.querySelector("header .tools").replaceWith(document.importNode(tools, true));
      document.title = found.page.title;
      if (keep && !options.method) {
        // Not before: a page that answered a form would be asked for by its address alone when somebody goes back.
        if (!history.state?.part) history.replaceState({ part: selector }, "");
        history.pushState({ part: selector }, "", found.url);
      }
      const total = document.querySelector(`${selector} .total, ${selector} [role=status], ${selector} [role=alert]`);
      if (total) say(total.textContent);
    } catch (wrong) {
      if (wrong.name !== "AbortError") leave();
    } finally {
      if (asking === mine) asking = null;
      part.removeAttribute("aria-busy");
    }
  }

  addEventListener("popstate", (event) => {
    const selector = event.state?.part;
    if (!selector) return; // a place on the page that is shown
    if (document.querySelector(selector)) load(location.href, selector, {}, false);
    else location.reload();
  });

  addEventListener("click", (event) => {
    const link = event.target.closest("a[data-fragment]");
    const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented) return;
    event.preventDefault();
    load(link.href, link.dataset.fragment);
  });

  // ---- forms --------------------------------------------------------------------------------------------------

  // Whether something was typed that is not kept; a form that came back with mistakes is not.
  let typed = Boolean(document.querySelector("form[data-guarded] .summary"));

  addEventListener("input", (event) => {
    if (event.target.closest("form[data-guarded]")) typed = true;
  });
  addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (question && !confirm(question)) return event.preventDefault();
    if (form.matches("[data-guarded]")) typed = false;
    const get = form.method === "get";
    if (form.dataset.fragment) {
      event.preventDefault();
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form, event.submitter)) {
        if (typeof value === "string" && (value || !get)) fields.append(name, value);
      }
      if (get) {
        const address = new URL(form.action);
        address.search = fields;
        return load(address, form.dataset.fragment);
      }
      return load(form.action, form.dataset.fragment, { method: "POST", body: fields });
    }
    // Sent once: a second click comes too late. Not at once, so that the button itself is still sent.
    if (!get) setTimeout(() => form.querySelectorAll("button").forEach((one) => (one.disabled = true)));
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form button[disabled]").forEach((one) => (one.disabled = false));
  });

  // ---- what opens, and the keyboard ---------------------------------------------------------------------------

  function shut(but) {
    document.querySelectorAll("details.drop[open]").forEach((one) => {
      if (one !== but && !one.contains(but)) one.open = false;
    });
  }
  addEventListener("click", (event) => shut(event.target.closest("details.drop")));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.activeElement?.closest("details.drop[open]");
      shut(null);
      open?.querySelector("summary").focus();
    }
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("main input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });

  // ---- work under way -----------------------------------------------------------------------------------------

  // Asks again for a part until it says no more that there is something to wait for; ever more seldom while the
  // platform does not answer, and not at all while nobody looks.
  function poll(part, wait = 2000) {
    setTimeout(async () => {
      if (!part.isConnected) return;
      if (document.hidden) return poll(part, wait);
      try {
        const found = await ask(part.dataset.poll, {}, part.id);
        const fresh = found && found.ok && found.page.getElementById(part.id);
        if (!fresh) return location.reload();
        replace(part, document.importNode(fresh, true));
      } catch {
        poll(part, Math.min(wait * 2, 30000));
      }
    }, wait);
  }

  // What a page, or a part that has just come, needs.
  function begin(part) {
    const all = [...part.querySelectorAll("[data-poll]")];
    if (part.matches?.("[data-poll]")) all.push(part);
    all.forEach((one) => poll(one));
    part.querySelector(".summary")?.focus();
  }
  begin(document);
})();
