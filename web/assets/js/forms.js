// Forms are sent once: a second press while the first is under way does nothing. Coming back to the
// page from the browser's memory makes them ready again, and so does a while without an answer: the
// post may have been a download. The server knows a repeated form by its key anyway.
const patience = 15_000

export function startForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!form.matches('[data-once]')) return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = '1'
    setTimeout(() => ready(form), patience)
    const button = event.submitter
    if (!button) return
    // Disabling at once would drop the button's own name and value from the request.
    setTimeout(() => {
      button.setAttribute('aria-disabled', 'true')
      button.dataset.words = button.textContent
      button.textContent = 'Đang gửi…'
    })
  })
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('[data-sent]').forEach(ready)
  })
}

function ready(form) {
  delete form.dataset.sent
  form.querySelectorAll('[data-words]').forEach((button) => {
    button.textContent = button.dataset.words
    button.removeAttribute('aria-disabled')
    delete button.dataset.words
  })
}
