// The workplace's script. Pages work without it; it only saves keystrokes and waiting.
import { createAll, ErrorSummary, PasswordInput } from 'govuk-frontend'
import { startAutosave } from './autosave.js'
import { startForms } from './forms.js'
import { startGrids } from './grid.js'
import { startTools } from './tools.js'

// govuk marks JavaScript with an inline script; our policy forbids those, so it happens here.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')

createAll(ErrorSummary)
createAll(PasswordInput)
startForms()
startAutosave()
startGrids()
startTools()
