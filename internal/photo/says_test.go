package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/internal/iptc"
	"newsroom.example/cards/internal/scene"
)

const credit = `<r xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Harbor Photos"/>`

// TestSays: what a file says is found where each format has it, behind other parts of the same kind.
func TestSays(t *testing.T) {
	artist := exifText(0x013b, "Harbor Photos")
	jpeg := scene.JPEG(marked(16, 16))
	app := func(marker byte, body string) []byte {
		segment := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(2+len(body)))
		return slices.Concat(jpeg[:2], segment, []byte(body), jpeg[2:])
	}
	png := scene.PNG(marked(16, 16))
	chunk := func(name, body string) []byte {
		at := pngSignature + pngChunk + 13 // behind the header
		return slices.Concat(png[:at], scene.PNGChunk(name, []byte(body)), png[at:])
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write([]byte(credit))
	_ = z.Close()
	var bomb bytes.Buffer
	z = zlib.NewWriter(&bomb)
	_, _ = z.Write([]byte(credit + strings.Repeat(" ", 64<<20)))
	_ = z.Close()
	webp := func(name, body string) []byte {
		if len(body)%2 == 1 {
			body += "\x00"
		}
		part := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
		return slices.Concat([]byte("RIFF\xff\xff\x00\x00WEBP"), part, []byte(body))
	}
	const text = "XML:com.adobe.xmp\x00"
	credited, created := iptc.Fields{Credit: "Harbor Photos"}, iptc.Fields{Creator: "Harbor Photos"}
	for name, tt := range map[string]struct {
		format string
		data   []byte
		want   iptc.Fields
	}{
		"jpeg, nothing":       {"jpeg", jpeg, iptc.Fields{}},
		"jpeg, XMP":           {"jpeg", app(markerAPP1, xmpSegment+credit), credited},
		"jpeg, IPTC":          {"jpeg", app(markerAPP13, "Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x12\x1c\x02\x6e\x00\x0dHarbor Photos"), credited},
		"jpeg, Exif":          {"jpeg", app(markerAPP1, "Exif\x00\x00"+artist), created},
		"png, nothing":        {"png", png, iptc.Fields{}},
		"png, XMP":            {"png", chunk("iTXt", text+"\x00\x00en\x00\x00"+credit), credited},
		"png, packed XMP":     {"png", chunk("iTXt", text+"\x01\x00\x00\x00"+packed.String()), credited},
		"png, a bomb":         {"png", chunk("iTXt", text+"\x01\x00\x00\x00"+bomb.String()), iptc.Fields{}},
		"png, damaged XMP":    {"png", chunk("iTXt", text+"\x01\x00\x00\x00xx"), iptc.Fields{}},
		"png, half a text":    {"png", chunk("iTXt", text+"\x00"), iptc.Fields{}},
		"png, another text":   {"png", chunk("iTXt", "Comment\x00\x00\x00\x00\x00"+credit), iptc.Fields{}},
		"png, Exif":           {"png", chunk("eXIf", artist), created},
		"webp, XMP":           {"webp", webp("XMP ", credit), credited},
		"webp, Exif":          {"webp", webp("EXIF", artist), created},
		"gif, of no interest": {"gif", []byte("GIF89a" + credit), iptc.Fields{}},
	} {
		info := Info{Format: tt.format}
		if tt.format == "jpeg" {
			info.jpeg = scanJPEG(tt.data)
		}
		if got := info.Says(tt.data); got != tt.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// exifText returns a TIFF structure with one text.
func exifText(tag uint16, text string) string {
	out := []byte("II*\x00\x08\x00\x00\x00\x01\x00")
	out = binary.LittleEndian.AppendUint16(out, tag)
	out = append(out, 2, 0)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(text)))
	out = binary.LittleEndian.AppendUint32(out, 26)
	return string(append(out, 0, 0, 0, 0)) + text
}
