package iptc

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsroom.example/cards/internal/exif"
)

// Tags of the first directory of a TIFF structure that have texts.
const (
	tagDescription = 0x010e
	tagArtist      = 0x013b
	tagCopyright   = 0x8298
)

// readExif reads the first directory of a TIFF structure.
func readExif(tiff []byte) (f Fields) {
	for e := range exif.Entries(tiff) {
		switch e.Tag {
		case tagDescription:
			if s := usable(e.Text(maxText)); !isOfCamera(s) {
				f.Caption = s
			}
		case tagArtist:
			f.Creator = usable(e.Text(maxText))
		case tagCopyright:
			f.Copyright = usable(e.Text(maxText))
		}
	}
	return f
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
