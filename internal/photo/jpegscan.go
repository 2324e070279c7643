package photo

import (
	"bytes"
	"encoding/binary"
)

// jpegHead is the content of a JPEG's marker segments (ITU-T T.81, annex B).
type jpegHead struct {
	scans       int
	progressive bool
	components  int
	scanned     int      // number of components of the last scan
	fullChroma  bool     // no component is subsampled
	cut         bool     // the end marker is missing
	exif        []byte   // TIFF structure of the first APP1 segment that has one
	icc         [][]byte // parts of an ICC profile, beginning with their numbers
}

// cost returns the bytes of memory per pixel for decoding: the samples, the coefficients of a progressive file (four
// bytes each), and the converted colours. A file that is cut short is decoded twice.
func (h jpegHead) cost() int64 {
	samples, converted := int64(h.components), int64(1)
	if h.components == 3 && !h.fullChroma {
		samples = 2
	}
	if h.components == 4 {
		converted = 4 + 2 // a copy of the inks, then their converted colours
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

// scanJPEG reads the marker segments without decoding anything, in time linear in the bytes.
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
	h.cut = !ended && (h.scans == 0 || !ends(data)) // the thumbnail in the header has an end marker too
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

// rowByRow reports whether the file has a single scan with all components, from the first row to the last.
func (h jpegHead) rowByRow() bool {
	return h.scans == 1 && !h.progressive && h.scanned == h.components
}

// isFrame reports whether a marker starts a frame. Some markers in the range have other meanings.
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
