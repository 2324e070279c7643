package photo

import (
	"bytes"
	"encoding/binary"

	"newsroom.example/cards/internal/iptc"
	"newsroom.example/cards/internal/jpeg"
)

// jpegHead is the content of a JPEG's marker segments (ITU-T T.81, annex B).
type jpegHead struct {
	file  *jpeg.File // nil if the photo is no JPEG
	scans int
	cut   bool     // the end marker is missing
	exif  []byte   // TIFF structure of the first APP1 segment that has one
	xmp   []byte   // packet of the first APP1 segment that has one
	iim   []byte   // IPTC data sets of the first APP13 segment that has some
	icc   [][]byte // parts of an ICC profile, beginning with their numbers
}

// Markers.
const (
	markerSOI, markerEOI, markerSOS = 0xd8, 0xd9, 0xda
	markerAPP1, markerAPP2          = 0xe1, 0xe2
	markerAPP13                     = 0xed
)

// xmpSegment begins an APP1 segment with an XMP packet.
const xmpSegment = "http://ns.adobe.com/xap/1.0/\x00"

// scanJPEG reads the marker segments without decoding anything, in time linear in the bytes.
func scanJPEG(data []byte) jpegHead {
	h, ended := jpegHead{}, false
	for at := 2; ; {
		marker, next, ok := jpeg.NextMarker(data, at)
		if at = next; !ok {
			break
		}
		if h.scans > 0 && !jpeg.EndsScan(marker) { // data, as it is for the decoder
			continue
		}
		if ended = marker == markerEOI; ended || at+2 > len(data) {
			break
		}
		n := int(binary.BigEndian.Uint16(data[at:]))
		if n < 2 {
			break
		}
		h.segment(marker, data[at+2:min(at+n, len(data))])
		at += n
	}
	h.cut = !ended && (h.scans == 0 || !ends(data)) // the thumbnail in the header has an end marker too
	return h
}

func (h *jpegHead) segment(marker byte, body []byte) {
	switch {
	case marker == markerSOS:
		h.scans++
	case marker == markerAPP1 && h.exif == nil && len(body) > 6 && string(body[:6]) == "Exif\x00\x00":
		h.exif = body[6:]
	case marker == markerAPP1 && h.xmp == nil && bytes.HasPrefix(body, []byte(xmpSegment)):
		h.xmp = body[len(xmpSegment):]
	case marker == markerAPP13 && h.iim == nil:
		h.iim = iptc.OfSegment(body)
	case marker == markerAPP2 && len(h.icc) < 255 && len(body) > 14 && string(body[:12]) == "ICC_PROFILE\x00":
		h.icc = append(h.icc, body[12:])
	}
}
