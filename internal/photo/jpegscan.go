package photo

import (
	"bytes"
	"encoding/binary"
)

// jpegHead is what a JPEG's markers say (ITU-T T.81, annex B).
type jpegHead struct {
	scans       int
	progressive bool
	components  int
	scanned     int      // components of the last scan
	fullChroma  bool     // no component is subsampled
	cut         bool     // the file has no end
	exif        []byte   // the TIFF structure of the first APP1 segment that has one
	icc         [][]byte // the parts of an ICC profile, each from its number on
}

// cost returns the bytes that a pixel takes while it is decoded: its samples, for a progressive file its
// coefficients, four bytes each, and its converted colours. A file that is cut short is decoded twice, to
// compare.
func (h jpegHead) cost() int64 {
	samples, converted := int64(h.components), int64(1)
	if h.components == 3 && !h.fullChroma {
		samples = 2
	}
	if h.components == 4 {
		converted = 4 + 2 // the inks once more, then what is converted of them
	}
	if h.cut {
		converted += samples
	}
	if h.progressive {
		return max(samples*5, samples+converted)
	}
	return samples + converted
}

// Markers.
const (
	markerSOF0, markerSOF2, markerSOF15 = 0xc0, 0xc2, 0xcf
	markerDHT, markerJPG, markerDAC     = 0xc4, 0xc8, 0xcc
	markerSOI, markerEOI, markerSOS     = 0xd8, 0xd9, 0xda
	markerAPP1, markerAPP2              = 0xe1, 0xe2
)

// scanJPEG walks the markers once, in time linear in the bytes, without decoding anything.
func scanJPEG(data []byte) jpegHead {
	h, ended := jpegHead{}, false
	for i := 2; i+1 < len(data); {
		if data[i] != 0xff { // entropy-coded data, or junk between segments
			n := bytes.IndexByte(data[i:], 0xff)
			if n < 0 {
				break
			}
			i += n
			continue
		}
		marker := data[i+1]
		if marker == 0xff {
			i++
			continue
		}
		i += 2
		if marker == 0 || marker >= 0xd0 && marker <= markerSOI || marker == 0x01 {
			continue
		}
		if marker == markerEOI {
			ended = true
			break
		}
		if i+2 > len(data) {
			break
		}
		n := int(binary.BigEndian.Uint16(data[i:]))
		if n < 2 {
			break
		}
		h.segment(marker, data[i+2:min(i+n, len(data))])
		i += n
	}
	h.cut = !ended && (h.scans == 0 || !ends(data)) // a thumbnail in the header has an end of its own
	return h
}

func (h *jpegHead) segment(marker byte, body []byte) {
	switch {
	case marker == markerSOS:
		h.scans++
		h.scanned = 0
		if len(body) > 0 {
			h.scanned = int(body[0])
		}
	case marker == markerAPP1 && h.exif == nil && len(body) > 6 && string(body[:6]) == "Exif\x00\x00":
		h.exif = body[6:]
	case marker == markerAPP2 && len(h.icc) < 255 && len(body) > 14 && string(body[:12]) == "ICC_PROFILE\x00":
		h.icc = append(h.icc, body[12:])
	case isFrame(marker):
		h.progressive = h.progressive || marker >= markerSOF2
		h.frame(body)
	}
}

// rowByRow reports a file with one scan, which holds the whole picture from its first row to its last.
func (h jpegHead) rowByRow() bool {
	return h.scans == 1 && !h.progressive && h.scanned == h.components
}

// isFrame reports the start of a frame; the other markers in the range have meanings of their own.
func isFrame(marker byte) bool {
	return marker >= markerSOF0 && marker <= markerSOF15 &&
		marker != markerDHT && marker != markerJPG && marker != markerDAC
}

func (h *jpegHead) frame(body []byte) {
	if len(body) < 6 {
		return
	}
	h.components = int(body[5])
	h.fullChroma = true
	for c := 0; c < h.components && 6+3*c+1 < len(body); c++ {
		if body[6+3*c+1] != body[6+1] {
			h.fullChroma = false
		}
	}
}
