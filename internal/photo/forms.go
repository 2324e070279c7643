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
	advice string // what to do, after "are taken: "; empty: it is clear
}

// What to do about formats that phones and content delivery networks give in place of JPEG.
const (
	askForJPEG = "ask its server for a JPEG, such as by fm=jpg, f_jpg or format=jpeg in the address"
	saveAsJPEG = "save it as a JPEG; an iPhone takes JPEGs with Settings, Camera, Formats, Most Compatible"
)

// forms are the kinds of files that come in place of photos. The first that matches counts.
var forms = []form{
	{name: "a JPEG", format: "jpeg", match: begins("\xff\xd8\xff")},
	{name: "a PNG", format: "png", match: begins("\x89PNG\r\n\x1a\n")},
	{name: "a GIF", format: "gif", match: begins("GIF87a", "GIF89a")},
	{name: "a WebP", format: "webp", match: func(b []byte) bool { return begins("RIFF")(b) && at(b, 8, "WEBP") }},

	{name: "an empty file", match: func(b []byte) bool { return len(b) == 0 }},
	{name: "an AVIF file", match: branded("avif", "avis"), advice: askForJPEG},
	{
		name: "a HEIC file", match: branded("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"),
		advice: saveAsJPEG,
	},
	{name: "a video", match: func(b []byte) bool { return brandOf(b) != "" || begins("\x1a\x45\xdf\xa3")(b) }},
	{name: "a TIFF or camera raw file", match: begins("II*\x00", "MM\x00*", "II+\x00", "MM\x00+")},
	{name: "a JPEG XL file", match: begins("\xff\x0a", "\x00\x00\x00\x0cJXL \r\n\x87\n"), advice: askForJPEG},
	{name: "a JPEG 2000 file", match: begins("\x00\x00\x00\x0cjP  ", "\xff\x4f\xff\x51")},
	{name: "a BMP file", match: func(b []byte) bool { return begins("BM")(b) && at(b, 6, "\x00\x00\x00\x00") }},
	{name: "an icon file", match: begins("\x00\x00\x01\x00")},
	{name: "a Photoshop file", match: begins("8BPS")},
	{name: "a PDF file", match: begins("%PDF-")},
	{name: "a PostScript file", match: begins("%!PS")},
	{name: "a ZIP file", match: begins("PK\x03\x04")},
	{name: "compressed with gzip", match: begins("\x1f\x8b")},
	{name: "an SVG file", match: func(b []byte) bool {
		return opens(b, "<svg", "<!doctype svg") || opens(b, "<?xml") && holdsTag(b, "<svg")
	}},
	{name: "an HTML page", match: func(b []byte) bool {
		return opens(b, "<!doctype html", "<html", "<head", "<body") || holdsTag(b, "<html")
	}},
	{name: "an XML document", match: func(b []byte) bool { return opens(b, "<?xml") }},
	{name: "a JSON document", match: func(b []byte) bool { return opens(b, "{", "[") }},
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

// unsupported returns an ErrUnsupported that says what the file is, what would be taken, and what to do.
func unsupported(data []byte) error {
	f := formOf(data)
	if f.name == "" {
		f.name = "in a format that is not known"
	}
	message := "the photo is " + f.name + "; " + Taken() + " are taken"
	if f.advice != "" {
		message += ": " + f.advice
	}
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
