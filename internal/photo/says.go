package photo

import (
	"bytes"

	"newsroom.example/cards/internal/iptc"
	"newsroom.example/cards/internal/pngfile"
)

// Says returns what the file says about its photo: caption, photographers, credit. A GIF says nothing. data is the
// file.
func (info Info) Says(data []byte) iptc.Fields {
	switch info.Format {
	case "jpeg":
		return iptc.Read(iptc.Metadata{XMP: info.jpeg.xmp, IIM: info.jpeg.iim, Exif: info.jpeg.exif})
	case "png":
		return iptc.Read(iptc.Metadata{XMP: xmpOfPNG(data), Exif: exifOf(data, "png")})
	case "webp":
		return iptc.Read(iptc.Metadata{XMP: chunkOfWebP(data, "XMP "), Exif: exifOf(data, "webp")})
	}
	return iptc.Fields{}
}

// xmpOfPNG returns the XMP packet of a PNG, a text of its own keyword (XMP Specification, part 3, 1.1.5), or nil.
func xmpOfPNG(data []byte) []byte {
	for name, body := range pngfile.Chunks(data) {
		if text, ok := bytes.CutPrefix(body, []byte("XML:com.adobe.xmp\x00")); ok && name == "iTXt" {
			return textOfPNG(text)
		}
	}
	return nil
}

// textOfPNG returns the text of a chunk iTXt, behind its keyword (PNG specification, section 11.3.3.4).
func textOfPNG(body []byte) []byte {
	if len(body) < 2 {
		return nil
	}
	packed := body[0] == 1
	_, rest, _ := bytes.Cut(body[2:], []byte{0}) // the language
	_, text, ok := bytes.Cut(rest, []byte{0})    // the keyword in that language
	switch {
	case !ok:
		return nil
	case !packed:
		return text
	}
	return inflated(text, iptc.MaxPacket)
}
