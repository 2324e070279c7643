package icc

import (
	"image"
	"math"
)

// Profile converts colours to sRGB. It uses integers, so that a photo has the same colours on every machine. It is
// safe for concurrent use.
type Profile struct {
	space  string        // of the device
	linear [3][256]int64 // linear light of a channel's value, in units of 1/light
	matrix [3][3]int64   // to linear sRGB, in units of 1/light
	table  *lattice      // used instead of both if the profile has a lookup table
}

// Parse parses a profile, which must not be modified afterwards. It returns nil without an error if the profile equals
// sRGB to within one level.
func Parse(raw []byte) (*Profile, error) {
	f := file(raw)
	if err := f.check(); err != nil {
		return nil, err
	}
	p, err := newProfile(f)
	if err != nil || p.isSRGB() {
		return nil, err
	}
	return p, nil
}

func newProfile(f file) (*Profile, error) {
	p := &Profile{space: f.space()}
	switch {
	case p.space == Gray && f.tag("kTRC") != nil:
		return p, p.readGray(f)
	case p.space == RGB && f.tag("rXYZ") != nil && f.tag("rTRC") != nil:
		return p, p.readMatrix(f)
	}
	l, err := parseLUT(f)
	if err != nil {
		return nil, err
	}
	p.table = newLattice(l)
	return p, nil
}

// readMatrix reads the primaries of the device and their tone curves (section 8.3.3).
func (p *Profile) readMatrix(f file) error {
	for i, channel := range []string{"r", "g", "b"} {
		c, _, err := parseCurve(f.tag(channel + "TRC"))
		if err != nil {
			return err
		}
		primary, err := f.xyz(channel + "XYZ")
		if err != nil {
			return err
		}
		p.linear[i] = sampled(c)
		for k, v := range linearSRGB(primary) {
			p.matrix[k][i] = inLight(v)
		}
	}
	return nil
}

// readGray reads the tone curve of a grey device (section 8.3.2). The light is the same in all channels.
func (p *Profile) readGray(f file) error {
	c, _, err := parseCurve(f.tag("kTRC"))
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
		t[v] = inLight(clamp(c(float64(v) / 255)))
	}
	return t
}

// inLight returns a number in units of 1/light, clamped to a range that every sensible profile keeps.
func inLight(v float64) int64 { return int64(math.Round(max(-64, min(v, 64)) * light)) }

// Space returns the colour space of the device: RGB, Gray or CMYK.
func (p *Profile) Space() string { return p.space }

// ToSRGB converts an opaque picture in place.
func (p *Profile) ToSRGB(m *image.RGBA) {
	for y := range m.Rect.Dy() {
		p.Convert(m.Pix[y*m.Stride:][:4*m.Rect.Dx()])
	}
}

// Convert converts pixels of four bytes in place: red, green and blue, not premultiplied, and a byte that does not
// change. For a grey device it reads only the first channel. The profile must not be of CMYK.
func (p *Profile) Convert(pix []uint8) {
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

// ConvertCMYK converts pixels of four inks in src to opaque RGBA pixels in dst. The profile must be of CMYK, and dst
// at least as long as src.
func (p *Profile) ConvertCMYK(dst, src []uint8) {
	for ; len(src) >= 4; dst, src = dst[4:], src[4:] {
		rgb := p.table.at(src[:4])
		dst[0], dst[1], dst[2], dst[3] = rgb[0], rgb[1], rgb[2], 255
	}
}

// channels returns how many channels a pixel of the device has.
func (p *Profile) channels() int {
	switch p.space {
	case Gray:
		return 1
	case RGB:
		return 3
	}
	return 4
}

// isSRGB compares a grid of colours with sRGB.
func (p *Profile) isSRGB() bool {
	if p.space == CMYK {
		return false
	}
	for i := range 17 * 17 * 17 {
		before := [4]uint8{uint8(i % 17 * 15), uint8(i / 17 % 17 * 15), uint8(i / 289 * 15), 255}
		if p.space == Gray {
			before[1], before[2] = before[0], before[0]
		}
		after := before
		p.Convert(after[:])
		for c := range 3 {
			if d := int(before[c]) - int(after[c]); d < -1 || d > 1 {
				return false
			}
		}
	}
	return true
}
