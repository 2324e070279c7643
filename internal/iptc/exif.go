package iptc

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// Tags of the first directory of a TIFF structure that have texts.
const (
	tagDescription = 0x010e
	tagArtist      = 0x013b
	tagCopyright   = 0x8298
)

const (
	entrySize  = 12
	maxEntries = 512 // of a directory that are read
	typeASCII  = 2
)

// readExif reads the first directory of a TIFF structure.
func readExif(tiff []byte) (f Fields) {
	order := byteOrder(tiff)
	if order == nil {
		return f
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return f
	}
	for i := range min(int64(order.Uint16(tiff[at:])), maxEntries) {
		e := at + 2 + entrySize*i
		if e+entrySize > int64(len(tiff)) {
			break
		}
		text := func() string { return usable(ascii(tiff, tiff[e:e+entrySize], order)) }
		switch order.Uint16(tiff[e:]) {
		case tagDescription:
			if s := text(); !isOfCamera(s) {
				f.Caption = s
			}
		case tagArtist:
			f.Creator = text()
		case tagCopyright:
			f.Copyright = text()
		}
	}
	return f
}

// byteOrder returns the byte order according to the header, or nil if there is no header.
func byteOrder(tiff []byte) binary.ByteOrder {
	if len(tiff) < 8 {
		return nil
	}
	switch string(tiff[:4]) {
	case "II*\x00":
		return binary.LittleEndian
	case "MM\x00*":
		return binary.BigEndian
	}
	return nil
}

// ascii returns the text of an entry. It ends at its first zero byte; a copyright notice has a second part behind it,
// that of the editor.
func ascii(tiff, entry []byte, order binary.ByteOrder) string {
	if order.Uint16(entry[2:]) != typeASCII {
		return ""
	}
	n, value := int64(order.Uint32(entry[4:])), entry[8:]
	if n > 4 {
		at := int64(order.Uint32(value))
		if at > int64(len(tiff)) {
			return ""
		}
		value = tiff[at:]
	}
	s, _, _ := strings.Cut(string(value[:min(n, int64(len(value)), maxText)]), "\x00")
	return s
}

// ofCameras are descriptions that cameras and programs write into every photo, in small letters.
var ofCameras = []string{
	"exif_jpeg_picture", "default", "untitled", "image", "photo", "picture", "dcim", "jpeg", "screenshot", "cof", "dav",
	"hdr", "hdrpl", "oznor", "rhdr", "sdr", "vhdr",
}

// isOfCamera reports whether a description is not a person's: a word alone, or a camera's name such as "OLYMPUS DIGITAL
// CAMERA" and "KODAK Digital Still Camera".
func isOfCamera(s string) bool {
	low := strings.ToLower(s)
	return slices.Contains(ofCameras, low) || strings.HasSuffix(low, "digital camera") ||
		strings.HasSuffix(low, "digital still camera") || strings.HasPrefix(low, "sony dsc") ||
		strings.HasPrefix(low, "samsung") && utf8.RuneCountInString(s) < 30 ||
		strings.HasPrefix(low, "created with ") || !strings.ContainsAny(s, " \u3000") && isLatin(s)
}

// isLatin reports whether a text has only letters of ASCII, as names of files do.
func isLatin(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
