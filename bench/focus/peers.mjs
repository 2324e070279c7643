// Crops the pictures of truth.json with sharp's two strategies, with smartcrop and around the centre, and counts the
// faces that are complete in each crop.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import smartcrop from 'smartcrop-sharp'

const dir = process.argv[2]
const { pictures, shapes } = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8'))
const withFaces = pictures.filter((p) => p.faces?.length)

// covered returns the left, top, right and bottom edges of sharp's crop, in pixels of the picture.
const covered = (position) => async (picture, shape) => {
  const { X: w, Y: h } = picture.size
  const scale = Math.max(shape.X / w, shape.Y / h)
  const { info } = await sharp(join(dir, picture.file)).resize(shape.X, shape.Y, { fit: 'cover', position }).raw().toBuffer({ resolveWithObject: true })
  const left = -(info.cropOffsetLeft ?? 0) / scale, top = -(info.cropOffsetTop ?? 0) / scale
  return [left, top, left + shape.X / scale, top + shape.Y / scale]
}

const smart = async (picture, shape) => {
  const { topCrop: c } = await smartcrop.crop(join(dir, picture.file), { width: shape.X, height: shape.Y })
  return [c.x, c.y, c.x + c.width, c.y + c.height]
}

// whole says whether the crop keeps a face, as in main.go.
const whole = (set, f, [x0, y0, x1, y1]) => {
  if (set !== 'people') return f.Min.X >= x0 - 1 && f.Min.Y >= y0 - 1 && f.Max.X <= x1 + 1 && f.Max.Y <= y1 + 1
  const w = Math.min(f.Max.X, x1) - Math.max(f.Min.X, x0), h = Math.min(f.Max.Y, y1) - Math.max(f.Min.Y, y0)
  return w > 0 && h > 0 && w * h >= 0.9 * (f.Max.X - f.Min.X) * (f.Max.Y - f.Min.Y)
}

const ways = {
  attention: covered(sharp.strategy.attention), entropy: covered(sharp.strategy.entropy), centre: covered('centre'), smartcrop: smart,
}
const long = (f) => Math.max(f.Max.X - f.Min.X, f.Max.Y - f.Min.Y)
for (const [name, crop] of Object.entries(ways)) {
  const sums = {}
  for (const picture of withFaces) {
    const sum = sums[picture.set] ??= { kept: {}, single: 0, none: 0, largest: [0, 0, 0] }
    for (const { Name, Size } of shapes) {
      const at = await crop(picture, Size)
      const kept = picture.faces.filter((f) => whole(picture.set, f, at))
      sum.kept[Name] = (sum.kept[Name] ?? 0) + kept.length
      if (Name !== shapes[0].Name) continue
      if (picture.faces.length === 1) sum.single += kept.length
      if (!kept.length) sum.none++
      const largest = picture.faces.reduce((a, b) => (long(b) > long(a) ? b : a))
      const part = long(largest) / Math.max(picture.size.X, picture.size.Y)
      if (kept.includes(largest)) sum.largest[part >= 0.2 ? 0 : part >= 0.1 ? 1 : 2]++
    }
  }
  console.log(name, JSON.stringify(sums))
}
