package photo

import (
	"errors"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fault"
)

// isoFile begins a file in the ISO base media format, with a major brand and others that it is compatible with.
func isoFile(brand string) string {
	return "\x00\x00\x00\x1cftyp" + brand + "\x00\x00\x00\x00mif1miafheic"
}

// TestRefusalsNameTheFormat: what came in place of a photo is named, by its first bytes, with what would be taken.
func TestRefusalsNameTheFormat(t *testing.T) {
	pad := strings.Repeat("\x00", 600)
	for data, name := range map[string]string{
		isoFile("heic") + pad: "a HEIC file", isoFile("mif1") + pad: "a HEIC file", isoFile("hevx") + pad: "a HEIC file",
		isoFile("avif") + pad: "an AVIF file", isoFile("avis"): "an AVIF file",
		isoFile("isom") + pad: "a video", isoFile("qt  "): "a video", "\x1a\x45\xdf\xa3" + pad: "a video",
		"II*\x00" + pad: "a TIFF or camera raw file", "MM\x00*": "a TIFF or camera raw file",
		"\xff\x0a" + pad: "a JPEG XL file", "\x00\x00\x00\x0cJXL \r\n\x87\n": "a JPEG XL file",
		"\x00\x00\x00\x0cjP  \r\n\x87\n": "a JPEG 2000 file", "BM6\x10\x00\x00\x00\x00\x00\x006": "a BMP file",
		"\x00\x00\x01\x00" + pad: "an icon file", "8BPS\x00\x01": "a Photoshop file",
		"%PDF-1.7\n": "a PDF file", "%!PS-Adobe-3.0 EPSF-3.0": "a PostScript file", "PK\x03\x04" + pad: "a ZIP file", "\x1f\x8b\x08": "compressed with gzip",

		`<svg xmlns="http://www.w3.org/2000/svg"/>`: "an SVG file", "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg>": "an SVG file", "\ufeff <!DOCTYPE svg PUBLIC": "an SVG file",
		"<!doctype html><title>Gone</title>": "an HTML page", "\r\n<HTML lang=en>": "an HTML page", "<!-- made by --><html>": "an HTML page",
		"<!DOCTYPE html><body><svg>": "an HTML page", `<?xml version="1.0"?><rss>`: "an XML document", `<?xml version="1.0"?><html>`: "an HTML page",
		` {"error":"not found"}`: "a JSON document", "": "an empty file",

		"not found": "in a format that is not known", "BMW": "in a format that is not known", "RIFF\x00\x00\x00\x00WAVE": "in a format that is not known",
		"\xff\xd8": "in a format that is not known", strings.Repeat(" ", 600) + "<html>": "in a format that is not known",
	} {
		want := "the photo is " + name + "; JPEG, PNG, GIF and WebP are taken"
		if name == "an AVIF file" || name == "a JPEG XL file" {
			want += ": ask its server for a JPEG, such as by fm=jpg, f_jpg or format=jpeg in the address"
		}
		if name == "a HEIC file" {
			want += ": save it as a JPEG; an iPhone takes JPEGs with Settings, Camera, Formats, Most Compatible"
		}
		_, inspected := Inspect([]byte(data))
		done, sniffed := Sniff([]byte(data))
		for _, err := range []error{inspected, sniffed} {
			if !errors.Is(err, ErrUnsupported) || fault.KindOf(err) != fault.ImageUnsupported || fault.MessageOf(err) != want {
				t.Errorf("%.20q: %q, want %q (%v)", data, fault.MessageOf(err), want, err)
			}
		}
		if !done {
			t.Errorf("%.20q: more of it is wanted", data)
		}
	}
}
