const tables = [...document.querySelectorAll('table')];
for (const table of tables) {
  // the rows of a group stay together
  if (table.classList.contains('grouped')) {
    continue;
  }
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const words = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  const entry = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.v ?? cell.textContent;
    return { row, text, number: cell.classList.contains('n') ? Number(text) : NaN };
  };
  const compare = (a, b) => (a.number - b.number) || words.compare(a.text, b.text);
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const entries = [...body.rows].map(row => entry(row, column));
      entries.sort((a, b) => a.text === '' || b.text === '' ? (a.text === '') - (b.text === '') : (down ? compare(b, a) : compare(a, b)));
      // moving rows inside the page takes twenty times as long
      const next = body.nextSibling;
      body.remove();
      entries.forEach(({ row }) => body.append(row));
      table.insertBefore(body, next);
    });
  });
}

// Chromium leaves out form controls where it repeats a head on the next page.
const buttons = [...document.querySelectorAll('thead button')].map(button => [button.parentNode, button]);
addEventListener('beforeprint', () => buttons.forEach(([head, button]) => head.replaceChildren(...button.childNodes)));
addEventListener('afterprint', () => buttons.forEach(([head, button]) => {
  button.append(...head.childNodes);
  head.append(button);
}));

// A table wider than the paper is printed on a wider page, which browsers scale down to the paper: no column is cut off.
// Lengths are CSS pixels, 96 an inch.
const [shortEdge, longEdge, margins] = [794, 1123, 91];
const printedToShown = 8.5 / .75 / 14;
const style = document.styleSheets[0];
let pageRule = -1;
const printedWidth = () => Math.max(0, ...tables.map(table => table.offsetWidth)) * printedToShown + margins;
addEventListener('beforeprint', () => {
  if (printedWidth() <= shortEdge) {
    return;
  }
  document.body.classList.add('measured');
  const width = Math.ceil(printedWidth() * 1.15);
  document.body.classList.remove('measured');
  if (width > shortEdge) {
    const size = width > longEdge ? `${width}px ${Math.ceil(width * shortEdge / longEdge)}px` : 'landscape';
    pageRule = style.insertRule(`@media print { @page { size: ${size}; } }`, style.cssRules.length);
  }
});
addEventListener('afterprint', () => {
  if (pageRule >= 0) {
    style.deleteRule(pageRule);
    pageRule = -1;
  }
});

// A row is found by its own words and by the heads of its groups, which it does not repeat.
// Totals of groups are of all rows, and go while some are hidden.
const find = (rows, wanted) => {
  const heads = [];
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    if (row.classList.contains('head')) {
      const level = Number(/\bl(\d+)\b/.exec(row.className)[1]);
      heads.splice(level, heads.length, { row, text });
      row.hidden = wanted !== '';
    } else if (row.classList.contains('sum')) {
      row.hidden = wanted !== '';
    } else {
      row.hidden = ![text, ...heads.map(head => head.text)].some(words => words.includes(wanted));
      if (!row.hidden) {
        heads.forEach(head => { head.row.hidden = false; });
      }
    }
  }
};

// Search and print stand above the tables where script runs.
const { search, print: printWord } = document.querySelector('main').dataset;
const fewRows = 10;
if (tables.length > 0) {
  const tools = document.createElement('div');
  tools.className = 'tools';
  if (tables.some(table => table.tBodies[0].rows.length > fewRows)) {
    const input = document.createElement('input');
    input.type = 'search';
    input.placeholder = search;
    input.setAttribute('aria-label', search);
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase();
      for (const table of tables) {
        find(table.tBodies[0].rows, wanted);
      }
    });
    tools.append(input);
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = printWord;
  button.addEventListener('click', () => window.print());
  tools.append(button);
  document.querySelector('main').prepend(tools);
}
