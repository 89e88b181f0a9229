// Number grids: in a table with data-grid, Enter and the down arrow go to the cell below, the up arrow
// above, left and right move at the ends of the text, and a paste from Excel fills cells from here on.
export function startGrids() {
  document.querySelectorAll('[data-grid]').forEach((grid) => {
    grid.addEventListener('keydown', (event) => move(grid, event))
    // Where Enter comes as a character of its own it would still send the form.
    grid.addEventListener('keypress', (event) => {
      if (event.key === 'Enter' && event.target.matches('input')) event.preventDefault()
    })
    grid.addEventListener('paste', (event) => paste(grid, event))
  })
}

// cells is the grid as rows of inputs; rows without inputs (explanations, sums) are left out.
function cells(grid) {
  return Array.from(grid.querySelectorAll('tr'), (row) => Array.from(row.querySelectorAll('input[type=text]:not([readonly]):not([disabled])')))
    .filter((row) => row.length > 0)
}

function place(rows, input) {
  for (let r = 0; r < rows.length; r++) {
    const c = rows[r].indexOf(input)
    if (c >= 0) return [r, c]
  }
  return null
}

function move(grid, event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const rows = cells(grid)
  const at = place(rows, event.target)
  if (!at) return
  const [r, c] = at
  const input = event.target
  const selected = input.selectionStart !== input.selectionEnd
  const whole = selected && input.selectionEnd - input.selectionStart === input.value.length
  let next = null
  switch (event.key) {
    case 'Enter': next = rows[r + (event.shiftKey ? -1 : 1)]; event.preventDefault(); break
    case 'ArrowDown': next = rows[r + 1]; break
    case 'ArrowUp': next = rows[r - 1]; break
    case 'ArrowRight': if (whole || (!selected && input.selectionEnd === input.value.length)) go(rows[r][c + 1], event); return
    case 'ArrowLeft': if (whole || (!selected && input.selectionStart === 0)) go(rows[r][c - 1], event); return
    default: return
  }
  if (next) go(next[Math.min(c, next.length - 1)], event)
}

function go(input, event) {
  if (!input) return
  event.preventDefault()
  input.focus()
  input.select()
}

function paste(grid, event) {
  const text = event.clipboardData?.getData('text/plain') ?? ''
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n').map((line) => line.split('\t'))
  if (lines.length === 1 && lines[0].length === 1) return // a single value: the browser's own paste
  const rows = cells(grid)
  const at = place(rows, event.target)
  if (!at) return
  event.preventDefault()
  const [r, c] = at
  lines.forEach((line, i) => line.forEach((value, j) => {
    const input = rows[r + i]?.[c + j]
    if (!input) return
    input.value = value.trim()
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }))
  event.target.dispatchEvent(new Event('change', { bubbles: true }))
}
