// Decodes the corpus of bench/photos with sharp, upright and over white, into the folder .sharp of it. A file that sharp
// refuses has no picture there.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const dir = process.argv[2]
for (const kind of readdirSync(dir).filter(name => !name.startsWith('.'))) {
  mkdirSync(join(dir, '.sharp', kind), { recursive: true })
  for (const file of readdirSync(join(dir, kind))) {
    try {
      const picture = sharp(join(dir, kind, file)).rotate().flatten({ background: '#fff' }).toColourspace('srgb').png()
      writeFileSync(join(dir, '.sharp', kind, file + '.png'), await picture.toBuffer())
    } catch { /* refused */ }
  }
}
