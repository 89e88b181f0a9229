// Small helps that exist only with a script: printing, copying, the countdown of the undo bar.
export function startTools() {
  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  })
  if (navigator.clipboard) document.querySelectorAll('[data-copy]').forEach(copier)
  document.querySelectorAll('[data-undo]').forEach(countdown)
  document.querySelectorAll('.govuk-notification-banner[role=alert]').forEach((banner) => banner.focus())
}

function copier(button) {
  button.hidden = false
  const words = button.innerHTML
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy)
    if (!source) return
    try {
      await navigator.clipboard.writeText('value' in source ? source.value : source.innerText)
      button.textContent = 'Đã chép'
    } catch {
      button.textContent = 'Chưa chép được, ông/bà bôi đen rồi chép'
    }
    setTimeout(() => { button.innerHTML = words }, 4000)
  })
}

// The bar goes when its time is over, but never from under a hand: while it has the pointer or the
// keyboard's focus it stays.
function countdown(bar) {
  const left = bar.querySelector('[data-undo-left]')
  const end = Date.now() + Number(bar.dataset.undo) * 1000
  const timer = setInterval(() => {
    const seconds = Math.ceil((end - Date.now()) / 1000)
    if (seconds > 0) {
      if (left) left.textContent = `(còn ${seconds} giây)`
      return
    }
    if (left) left.textContent = ''
    if (bar.matches(':hover, :focus-within')) return
    clearInterval(timer)
    bar.remove()
  }, 1000)
}
