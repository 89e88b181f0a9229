// What a person does with the eyes: find something on the page by its words. Evaluated in the page as an expression that
// gives one function; nothing here may lean on timers or promises, because some journeys run with scripts switched off.
((task) => {
  const tidy = (s) => (s || '').normalize('NFC').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const seen = (e) => {
    const b = e.getBoundingClientRect();
    const s = getComputedStyle(e);
    return b.width > 1 && b.height > 1 && !e.closest('[aria-hidden=true]') && s.visibility !== 'hidden' && s.display !== 'none';
  };
  // The words of a control as read out, and as seen (without the parts for screen readers).
  const words = (e) => {
    if (e.tagName === 'INPUT') return [tidy(e.value)];
    const all = tidy(e.innerText);
    const copy = e.cloneNode(true);
    copy.querySelectorAll('.govuk-visually-hidden, [hidden]').forEach((n) => n.remove());
    return [all, tidy(copy.textContent), tidy(e.getAttribute('aria-label'))];
  };
  const scope = () => {
    if (!task.near) return document.body;
    const near = tidy(task.near);
    const all = [...document.querySelectorAll('tr, li, dl > div, fieldset, section, article, form, nav, header, footer, details, .govuk-summary-card, .p-card, .p-box, .p-undo, main')]
      .filter((e) => tidy(e.textContent).includes(near) && (seen(e) || e.tagName === 'FIELDSET'));
    // The innermost container that has both the words and something to act on.
    all.reverse();
    return all.find((e) => pick(e)) || all[0] || null;
  };
  const choose = (list) => {
    const want = tidy(task.words);
    const rank = (e) => {
      const w = words(e);
      if (w.includes(want)) return 0;
      if (w.some((x) => x.startsWith(want))) return 1;
      if (w.some((x) => x.includes(want))) return 2;
      return 9;
    };
    let best = 9;
    const ranked = list.map((e) => [rank(e), e]);
    ranked.forEach(([r]) => { best = Math.min(best, r); });
    if (best === 9) return null;
    return ranked.find(([r]) => r === best)[1];
  };
  const control = (l) => l.control || document.getElementById(l.htmlFor) || l.querySelector('input, select, textarea');
  const pick = (root) => {
    if (task.kind === 'press') {
      return choose([...root.querySelectorAll('a[href], button, summary, input[type=submit]')].filter(seen));
    }
    if (task.kind === 'group') { // the n-th box of a fieldset, as of a date
      const legend = choose([...root.querySelectorAll('legend')]);
      return legend && legend.closest('fieldset').querySelectorAll('input:not([type=hidden]), select, textarea')[task.index || 0];
    }
    const label = choose([...root.querySelectorAll('label')].filter((l) => control(l)));
    if (!label) return null;
    if (task.kind !== 'label') return control(label);
    const b = label.getBoundingClientRect();
    return b.width > 1 && b.height > 1 ? label : control(label);
  };
  const root = scope();
  if (!root) return { missing: 'no place says “' + task.near + '”' };
  const e = pick(root);
  if (!e) {
    const kinds = task.kind === 'press' ? 'a[href], button, summary' : task.kind === 'group' ? 'legend' : 'label';
    return { missing: 'there is: ' + [...root.querySelectorAll(kinds)].filter((x) => task.kind !== 'press' || seen(x)).map((x) => tidy(x.innerText)).join(' | ') };
  }
  for (let d = e.closest('details:not([open])'); d && e.tagName !== 'SUMMARY'; d = d.parentElement.closest('details:not([open])')) {
    return { missing: 'it is folded away under “' + tidy(d.querySelector('summary').innerText) + '”' };
  }
  e.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const boxes = [...e.getClientRects()].filter((b) => b.width > 0 && b.height > 0);
  const b = boxes[0] || e.getBoundingClientRect();
  const x = b.left + b.width / 2, y = b.top + b.height / 2;
  const hit = document.elementFromPoint(x, y);
  const covered = hit && hit !== e && !e.contains(hit) && !hit.contains(e) && !(hit.tagName === 'LABEL' && control(hit) === e);
  return {
    x, y, tag: e.tagName, type: e.type || '', id: e.id, disabled: !!e.disabled,
    value: e.value === undefined ? '' : e.value, checked: !!e.checked, target: e.target || '',
    covered: covered ? hit.outerHTML.slice(0, 200) : '',
    options: e.tagName === 'SELECT' ? [...e.options].map((o) => ({ text: tidy(o.text), value: o.value })) : [],
  };
})
