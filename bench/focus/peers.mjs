// Crops the pictures of truth.json with sharp's two strategies and around the centre, and counts
// the faces that are complete in each crop.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const dir = process.argv[2]
const { pictures, shapes } = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8'))
const ways = { attention: sharp.strategy.attention, entropy: sharp.strategy.entropy, centre: 'centre' }

// crop returns the left, top, right and bottom edges of the crop, in pixels of the picture.
async function crop(picture, shape, position) {
  const { X: w, Y: h } = picture.size
  const scale = Math.max(shape.X / w, shape.Y / h)
  const { info } = await sharp(join(dir, picture.file)).resize(shape.X, shape.Y, { fit: 'cover', position }).raw().toBuffer({ resolveWithObject: true })
  const left = -(info.cropOffsetLeft ?? 0) / scale, top = -(info.cropOffsetTop ?? 0) / scale
  return [left, top, left + shape.X / scale, top + shape.Y / scale]
}

for (const [name, position] of Object.entries(ways)) {
  const kept = {}
  for (const picture of pictures.filter(p => p.faces)) {
    for (const { Name, Size } of shapes) {
      const [x0, y0, x1, y1] = await crop(picture, Size, position)
      const n = picture.faces.filter(f => f.Min.X >= x0 - 1 && f.Min.Y >= y0 - 1 && f.Max.X <= x1 + 1 && f.Max.Y <= y1 + 1).length
      kept[picture.set] ??= {}
      kept[picture.set][Name] = (kept[picture.set][Name] ?? 0) + n
    }
  }
  console.log(name, JSON.stringify(kept))
}
