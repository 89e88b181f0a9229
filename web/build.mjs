// Builds web/dist from web/assets: one stylesheet, one script, the emblem and the drawings.
// Every file is named after its content and stored beside its brotli and gzip forms; manifest.json
// maps plain names to hashed ones. Output depends on the sources alone, so two builds are equal.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const assets = join(here, 'assets')
const dist = join(here, 'dist')

// Cascade layers are the floor: Chrome 99, Firefox 97, Safari 15.4. Older browsers get readable, plain HTML.
const target = ['chrome99', 'firefox97', 'safari15.4']

async function stylesheet() {
  const { css } = sass.compile(join(assets, 'scss/portal.scss'), {
    loadPaths: [join(here, 'node_modules')],
    quietDeps: true,
  })
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target, charset: 'utf8' })
  return Buffer.from(code)
}

async function script() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(assets, 'js/app.js')],
    bundle: true, minify: true, format: 'esm', target, charset: 'utf8', write: false,
    nodePaths: [join(here, 'node_modules')],
    legalComments: 'none',
  })
  return Buffer.from(outputFiles[0].contents)
}

async function pictures() {
  const out = {}
  for (const name of ['emblem.svg', 'apple-touch-icon.png']) out[name] = await readFile(join(assets, name))
  for (const name of await readdir(join(assets, 'drawings'))) {
    out[`drawings/${name}`] = await readFile(join(assets, 'drawings', name))
  }
  return out
}

// hashed turns "drawings/a.svg" into "drawings/a-1f2e3d4c5b.svg".
function hashed(name, bytes) {
  const ext = extname(name)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  return join(dirname(name), `${basename(name, ext)}-${hash}${ext}`)
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
}

const keep = new Set(['.keep'])

async function put(name, bytes) {
  const file = join(dist, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, bytes)
  keep.add(name)
}

// sweep removes what an earlier build left. It comes last: a compiler that looks in between finds
// a manifest whose files are all there.
async function sweep() {
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile() && !keep.has(relative(dist, file))) await rm(file)
  }
}

const files = { 'portal.css': await stylesheet(), 'app.js': await script(), ...(await pictures()) }
const manifest = {}
for (const [name, bytes] of Object.entries(files)) {
  const as = hashed(name, bytes)
  manifest[name] = as
  await put(as, bytes)
  let note = ''
  if (extname(name) !== '.png') {
    const br = brotli(bytes)
    await put(`${as}.br`, br)
    await put(`${as}.gz`, gzipSync(bytes, { level: 9 }))
    note = `, brotli ${br.length}`
  }
  console.log(`${as}  ${bytes.length} B${note}`)
}
await put('manifest.json', JSON.stringify(manifest, null, 2) + '\n')
await sweep()
