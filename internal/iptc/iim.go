package iptc

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// Data sets of IPTC-IIM 4.2, with the number of their record.
const (
	setByline    = 2<<8 | 80  // By-line, which may be repeated
	setCredit    = 2<<8 | 110 // Credit
	setSource    = 2<<8 | 115 // Source
	setCopyright = 2<<8 | 116 // Copyright Notice
	setCaption   = 2<<8 | 120 // Caption/Abstract
)

// readIIM reads data sets. Those that follow damage are not read. The character set that they declare is not needed:
// it is UTF-8 or absent in the files that there are, and a text shows whether it is UTF-8.
func readIIM(data []byte) (f Fields) {
	sets := map[int][]string{}
	for len(data) >= 5 && data[0] == 0x1c {
		set, n := int(binary.BigEndian.Uint16(data[1:])), int(binary.BigEndian.Uint16(data[3:]))
		data = data[5:]
		if n > len(data) { // including the extended data sets, whose length has its first bit set
			break
		}
		switch set {
		case setByline, setCredit, setSource, setCopyright, setCaption:
			sets[set] = append(sets[set], string(data[:n]))
		}
		data = data[n:]
	}
	text := func(set int) string {
		var all []string
		for _, s := range sets[set] {
			if s = usable(s); s != "" {
				all = append(all, s)
			}
		}
		return usable(strings.Join(all, ", "))
	}
	f = Fields{Caption: text(setCaption), Creator: text(setByline), Credit: text(setCredit), Copyright: text(setCopyright)}
	if f.Credit == "" {
		f.Credit = text(setSource)
	}
	return f
}

// OfSegment returns the data sets in a segment APP13 of a JPEG: one of the image resources of Photoshop (Adobe
// Photoshop File Formats Specification, "Image Resource Blocks"). It returns nil if there are none.
func OfSegment(segment []byte) []byte {
	const dataSets = 0x0404
	data, ok := bytes.CutPrefix(segment, []byte("Photoshop 3.0\x00"))
	for ok && len(data) >= 12 && string(data[:4]) == "8BIM" {
		id := binary.BigEndian.Uint16(data[4:])
		name := 1 + int(data[6])
		at := 6 + name + name%2
		if at+4 > len(data) {
			return nil
		}
		n := int64(binary.BigEndian.Uint32(data[at:]))
		rest := data[at+4:]
		if id == dataSets {
			return rest[:min(n, int64(len(rest)))] // a block may go on in the file's next segment, which is not read
		}
		if n+n%2 > int64(len(rest)) {
			return nil
		}
		data = rest[n+n%2:]
	}
	return nil
}
