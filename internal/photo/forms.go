package photo

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"newsroom.example/cards/internal/fault"
)

// form is a kind of file that is recognized by its first bytes. File names and media types are not trusted.
type form struct {
	name   string // for people, with its article
	format string // Info.Format of a photo that is taken; empty: not taken
	match  func([]byte) bool
}

// forms are the kinds of files that come in place of photos. The first that matches counts.
var forms = []form{
	{"a JPEG", "jpeg", begins("\xff\xd8\xff")},
	{"a PNG", "png", begins("\x89PNG\r\n\x1a\n")},
	{"a GIF", "gif", begins("GIF87a", "GIF89a")},
	{"a WebP", "webp", func(b []byte) bool { return begins("RIFF")(b) && at(b, 8, "WEBP") }},

	{"an empty file", "", func(b []byte) bool { return len(b) == 0 }},
	{"an AVIF file", "", branded("avif", "avis")},
	{"a HEIC file", "", branded("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1")},
	{"a video", "", func(b []byte) bool { return brandOf(b) != "" || begins("\x1a\x45\xdf\xa3")(b) }},
	{"a TIFF or camera raw file", "", begins("II*\x00", "MM\x00*", "II+\x00", "MM\x00+")},
	{"a JPEG XL file", "", begins("\xff\x0a", "\x00\x00\x00\x0cJXL \r\n\x87\n")},
	{"a JPEG 2000 file", "", begins("\x00\x00\x00\x0cjP  ", "\xff\x4f\xff\x51")},
	{"a BMP file", "", func(b []byte) bool { return begins("BM")(b) && at(b, 6, "\x00\x00\x00\x00") }},
	{"an icon file", "", begins("\x00\x00\x01\x00")},
	{"a Photoshop file", "", begins("8BPS")},
	{"a PDF file", "", begins("%PDF-")},
	{"a PostScript file", "", begins("%!PS")},
	{"a ZIP file", "", begins("PK\x03\x04")},
	{"compressed with gzip", "", begins("\x1f\x8b")},
	{"an SVG file", "", func(b []byte) bool {
		return opens(b, "<svg", "<!doctype svg") || opens(b, "<?xml") && holdsTag(b, "<svg")
	}},
	{"an HTML page", "", func(b []byte) bool {
		return opens(b, "<!doctype html", "<html", "<head", "<body") || holdsTag(b, "<html")
	}},
	{"an XML document", "", func(b []byte) bool { return opens(b, "<?xml") }},
	{"a JSON document", "", func(b []byte) bool { return opens(b, "{", "[") }},
}

// sniffed is how much of a text is looked at, in bytes.
const sniffed = 512

func begins(marks ...string) func([]byte) bool {
	return func(b []byte) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return bytes.HasPrefix(b, []byte(mark)) })
	}
}

// at reports whether the mark is at the offset.
func at(b []byte, offset int, mark string) bool {
	return len(b) >= offset && bytes.HasPrefix(b[offset:], []byte(mark))
}

func branded(brands ...string) func([]byte) bool {
	return func(b []byte) bool { return slices.Contains(brands, brandOf(b)) }
}

// brandOf returns the major brand of a file in the ISO base media format (ISO/IEC 14496-12), and "" for other files.
func brandOf(b []byte) string {
	if len(b) < 12 || !at(b, 4, "ftyp") {
		return ""
	}
	return string(b[8:12])
}

// opens reports whether a text begins with one of the marks, which are in lower case, after a byte order mark and
// spaces.
func opens(b []byte, marks ...string) bool {
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(beginning(b), "\ufeff"), " \t\r\n"))
	return slices.ContainsFunc(marks, func(mark string) bool { return strings.HasPrefix(text, mark) })
}

// holdsTag reports whether a text with markup has the tag near its beginning.
func holdsTag(b []byte, tag string) bool {
	return opens(b, "<") && strings.Contains(strings.ToLower(beginning(b)), tag)
}

func beginning(b []byte) string { return string(b[:min(len(b), sniffed)]) }

// formOf returns the form of a file; the zero value if it is not known.
func formOf(data []byte) form {
	if i := slices.IndexFunc(forms, func(f form) bool { return f.match(data) }); i >= 0 {
		return forms[i]
	}
	return form{}
}

// formatOf returns the format of a photo that is taken, and "" for any other file.
func formatOf(data []byte) string { return formOf(data).format }

// unsupported returns an ErrUnsupported that says what the file is, and what would be taken.
func unsupported(data []byte) error {
	name := formOf(data).name
	if name == "" {
		name = "in a format that is not known"
	}
	message := "the photo is " + name + "; " + Taken() + " are taken"
	return fmt.Errorf("%w: %w", &fault.Error{Kind: fault.ImageUnsupported, Message: message}, ErrUnsupported)
}

// Taken names the formats of photos that are taken, such as "JPEG, PNG and GIF".
func Taken() string {
	var names []string
	for _, f := range forms {
		if f.format != "" {
			_, name, _ := strings.Cut(f.name, " ")
			names = append(names, name)
		}
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
