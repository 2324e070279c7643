package icc

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// MaxBytes is the maximum size of a profile, in bytes. The profile of a press has up to 2 MB.
const MaxBytes = 4 << 20

// Limits within a profile.
const (
	maxTags  = 128
	maxNodes = 1 << 17 // of a table of colours
)

var errInvalid = errors.New("colour profile")

// Colour spaces of devices, as in the headers of profiles.
const (
	RGB  = "RGB "
	Gray = "GRAY"
	CMYK = "CMYK"
)

// Sizes in bytes.
const (
	headerSize = 128
	tagSize    = 12
)

// file is the encoded form of a profile: a header and a table of tags. All numbers are big-endian.
type file []byte

// SpaceOf returns the colour space of the device according to the header of a profile: RGB, Gray, CMYK or another.
// It is empty if raw has no header.
func SpaceOf(raw []byte) string {
	if len(raw) < headerSize+4 {
		return ""
	}
	return file(raw).space()
}

func (f file) check() error {
	if len(f) < headerSize+4 || len(f) > MaxBytes || string(f[36:40]) != "acsp" {
		return fmt.Errorf("%w: no header", errInvalid)
	}
	if pcs := f.pcs(); pcs != "XYZ " && pcs != "Lab " {
		return fmt.Errorf("%w: connection space %q", errInvalid, pcs)
	}
	return nil
}

// space returns the colour space of the device.
func (f file) space() string { return string(f[16:20]) }

// pcs returns the profile connection space, "XYZ " or "Lab ", both under D50.
func (f file) pcs() string { return string(f[20:24]) }

// tag returns the data of a tag, or nil if there is none or it is outside the file.
func (f file) tag(name string) []byte {
	n := min(int(binary.BigEndian.Uint32(f[headerSize:])), maxTags)
	for i := range n {
		at := headerSize + 4 + tagSize*i
		if at+tagSize > len(f) {
			return nil
		}
		if string(f[at:at+4]) == name {
			return within(f, binary.BigEndian.Uint32(f[at+4:]), binary.BigEndian.Uint32(f[at+8:]))
		}
	}
	return nil
}

// within returns a part of data, or nil if data does not contain all of it.
func within(data []byte, from, length uint32) []byte {
	if end := uint64(from) + uint64(length); end > uint64(len(data)) {
		return nil
	}
	return data[from : from+length]
}

// fixed reads an s15Fixed16Number: units of 1/65536.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// xyz reads a tag of type XYZ.
func (f file) xyz(name string) (v [3]float64, err error) {
	t := f.tag(name)
	if len(t) < 20 || string(t[:4]) != "XYZ " {
		return v, fmt.Errorf("%w: tag %s", errInvalid, name)
	}
	for i := range v {
		v[i] = fixed(t[8+4*i:])
	}
	return v, nil
}
