package photo

import (
	"image"
	"math"
)

// Profile converts the colours of a photo to sRGB, as its embedded ICC profile describes them.
// It is safe for concurrent use. The tables are of whole numbers, so that a photo has the same
// colours on every machine.
type Profile struct {
	space  string        // "RGB ", "GRAY" or "CMYK"
	linear [3][256]int64 // linear light of a channel's value, in units of 1/light
	matrix [3][3]int64   // to sRGB's light, in units of 1/light
	table  *lattice      // in place of both, where the profile has a table
}

// parseProfile reads a profile. It is nil, without an error, where the colours are sRGB's own to
// within one level.
func parseProfile(data []byte) (*Profile, error) {
	p := icc(data)
	if err := p.check(); err != nil {
		return nil, err
	}
	out, err := newProfile(p)
	if err != nil || out.changesNothing() {
		return nil, err
	}
	return out, nil
}

func newProfile(p icc) (*Profile, error) {
	out := &Profile{space: p.space()}
	switch {
	case out.space == "GRAY" && p.tag("kTRC") != nil:
		return out, out.readGrey(p)
	case out.space == "RGB " && p.tag("rXYZ") != nil && p.tag("rTRC") != nil:
		return out, out.readMatrix(p)
	}
	l, err := parseLUT(p)
	if err != nil {
		return nil, err
	}
	out.table = l.lattice()
	return out, nil
}

// readMatrix reads the three colours of the device and their tone curves (section 8.3.3).
func (p *Profile) readMatrix(from icc) error {
	for i, channel := range []string{"r", "g", "b"} {
		c, _, err := parseCurve(from.tag(channel + "TRC"))
		if err != nil {
			return err
		}
		colour, err := from.xyz(channel + "XYZ")
		if err != nil {
			return err
		}
		p.linear[i] = sampled(c)
		for k, v := range linearSRGB(colour) {
			p.matrix[k][i] = whole(v)
		}
	}
	return nil
}

// readGrey reads the tone curve of a grey (section 8.3.2): light is the same in all channels.
func (p *Profile) readGrey(from icc) error {
	c, _, err := parseCurve(from.tag("kTRC"))
	if err != nil {
		return err
	}
	for i := range p.linear {
		p.linear[i] = sampled(c)
		p.matrix[i][i] = light
	}
	return nil
}

func sampled(c curve) (t [256]int64) {
	for v := range t {
		t[v] = whole(unit(c(float64(v) / 255)))
	}
	return t
}

// whole is a number in units of 1/light; what no profile of sense has is cut off.
func whole(v float64) int64 { return int64(math.Round(max(-64, min(v, 64)) * light)) }

// ToSRGB converts the opaque picture in place.
func (p *Profile) ToSRGB(m *image.RGBA) {
	for y := range m.Rect.Dy() {
		p.convert(m.Pix[y*m.Stride:][:4*m.Rect.Dx()])
	}
}

// convert converts pixels of four bytes, red, green, blue, and one that stays.
func (p *Profile) convert(pix []uint8) {
	if p.table != nil {
		p.convertByTable(pix)
		return
	}
	t, m := encoded(), &p.matrix
	level := func(row *[3]int64, r, g, b int64) uint8 {
		v := (row[0]*r + row[1]*g + row[2]*b) / light
		return t[max(0, min(v, light-1))/4]
	}
	for ; len(pix) >= 4; pix = pix[4:] {
		r, g, b := p.linear[0][pix[0]], p.linear[1][pix[1]], p.linear[2][pix[2]]
		pix[0], pix[1], pix[2] = level(&m[0], r, g, b), level(&m[1], r, g, b), level(&m[2], r, g, b)
	}
}

func (p *Profile) convertByTable(pix []uint8) {
	for ; len(pix) >= 4; pix = pix[4:] {
		rgb := p.table.at(pix[:p.channels()])
		pix[0], pix[1], pix[2] = rgb[0], rgb[1], rgb[2]
	}
}

// channels is how many a pixel of the photo has.
func (p *Profile) channels() int {
	switch p.space {
	case "GRAY":
		return 1
	case "RGB ":
		return 3
	}
	return 4
}

// changesNothing tries a grid of colours.
func (p *Profile) changesNothing() bool {
	if p.space == "CMYK" {
		return false
	}
	for i := range 17 * 17 * 17 {
		before := [4]uint8{uint8(i % 17 * 15), uint8(i / 17 % 17 * 15), uint8(i / 289 * 15), 255}
		if p.space == "GRAY" {
			before[1], before[2] = before[0], before[0]
		}
		after := before
		p.convert(after[:])
		for c := range 3 {
			if d := int(before[c]) - int(after[c]); d < -1 || d > 1 {
				return false
			}
		}
	}
	return true
}
