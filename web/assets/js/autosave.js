// Autosave: a form with data-autosave="URL" is posted there when a field is left and every 20 seconds,
// if anything changed. The status line ([data-save-status]) says how it went.
const every = 20_000
const icons = {
  ok: ['p-good', 'M5 12.5l4.5 4.5L19 7.5'],
  busy: ['', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2'],
  bad: ['p-bad', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6'],
}

export function startAutosave() {
  document.querySelectorAll('form[data-autosave]').forEach(watch)
}

function watch(form) {
  let saved = typed(form)
  let running = false

  async function save() {
    const now = typed(form)
    if (now === saved || running || form.dataset.sent) return
    say('busy', 'Đang lưu…')
    running = true
    const result = await send(form, fields(form).toString())
    running = false
    if (result.ok) saved = now
    say(result.ok ? 'ok' : 'bad', result.words)
  }

  form.addEventListener('focusout', (event) => {
    if (event.target.matches('input, select, textarea')) save()
  })
  form.addEventListener('change', save)
  setInterval(save, every)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
  })
}

function fields(form) {
  const data = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') data.append(name, value)
  }
  return data
}

// typed leaves the version out: it changes with every save and is no change of the reader's.
function typed(form) {
  const data = fields(form)
  form.querySelectorAll('[data-form-version]').forEach((input) => data.delete(input.name))
  return data.toString()
}

async function send(form, body) {
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8', 'X-Autosave': '1' },
      body,
      credentials: 'same-origin',
      redirect: 'manual',
      keepalive: body.length < 60_000, // browsers refuse larger bodies once the page is gone
    })
    if (answer.ok) {
      const version = answer.headers.get('X-Form-Version')
      if (version) form.querySelectorAll('[data-form-version]').forEach((input) => { input.value = version })
      return { ok: true, words: `Đã lưu lúc ${clock()}` }
    }
    return { ok: false, words: refusal(answer) }
  } catch {
    return { ok: false, words: 'Mất mạng, chưa lưu được. Chữ đã nhập vẫn còn trên trang' }
  }
}

function refusal(answer) {
  if (answer.type === 'opaqueredirect' || answer.status === 401) {
    return 'Phiên làm việc đã hết giờ, bấm “Lưu tạm” để đăng nhập lại'
  }
  if (answer.status === 409) return 'Có người vừa lưu trước, bấm “Lưu tạm” để xem và chọn'
  return 'Chưa lưu được, bấm “Lưu tạm”'
}

function clock() {
  return new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Ho_Chi_Minh' })
}

function say(state, words) {
  const line = document.querySelector('[data-save-status]')
  if (!line) return
  const [tone, path] = icons[state]
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', `p-i ${tone}`)
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  shape.setAttribute('d', path)
  svg.append(shape)
  line.replaceChildren(svg, ` ${words}`)
  line.classList.toggle('p-bad', state === 'bad')
}
