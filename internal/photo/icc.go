package photo

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Limits of an embedded profile. A press profile takes about 2 MB.
const (
	maxProfile = 4 << 20 // bytes, unpacked
	maxTags    = 128
	maxNodes   = 1 << 17 // of a table of colours
)

var errProfile = errors.New("colour profile")

// icc is a profile as it stands in a file (ICC.1:2022): a header of 128 bytes and a table of
// tags. All numbers are big endian. No length in it is believed.
type icc []byte

func (p icc) check() error {
	if len(p) < 132 || len(p) > maxProfile || string(p[36:40]) != "acsp" {
		return fmt.Errorf("%w: no header", errProfile)
	}
	if pcs := p.pcs(); pcs != "XYZ " && pcs != "Lab " {
		return fmt.Errorf("%w: connection space %q", errProfile, pcs)
	}
	return nil
}

// space is the colours that the profile describes: "RGB ", "GRAY", "CMYK" or others.
func (p icc) space() string { return string(p[16:20]) }

// pcs is the space that colours are converted through: "XYZ " or "Lab ", under D50.
func (p icc) pcs() string { return string(p[20:24]) }

// tag is the data of a tag, nil where there is none or it lies outside.
func (p icc) tag(name string) []byte {
	n := min(int(binary.BigEndian.Uint32(p[128:])), maxTags)
	for i := range n {
		at := 132 + 12*i
		if at+12 > len(p) {
			return nil
		}
		if string(p[at:at+4]) == name {
			return within(p, binary.BigEndian.Uint32(p[at+4:]), binary.BigEndian.Uint32(p[at+8:]))
		}
	}
	return nil
}

// within is a part of data, nil where it is not all there.
func within(data []byte, from, length uint32) []byte {
	if end := uint64(from) + uint64(length); end > uint64(len(data)) {
		return nil
	}
	return data[from : from+length]
}

// fixed reads a number in units of 1/65536.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// xyz reads a colour of type XYZ.
func (p icc) xyz(name string) (v [3]float64, err error) {
	t := p.tag(name)
	if len(t) < 20 || string(t[:4]) != "XYZ " {
		return v, fmt.Errorf("%w: tag %s", errProfile, name)
	}
	for i := range v {
		v[i] = fixed(t[8+4*i:])
	}
	return v, nil
}
