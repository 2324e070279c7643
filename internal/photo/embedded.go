package photo

import (
	"bytes"
	"compress/zlib"
	"io"

	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/pngfile"
	"newsroom.example/cards/internal/webp"
)

// profile returns the ICC profile of a JPEG, PNG or WebP; a GIF has none. It returns nil, so that the photo counts
// as sRGB, if there is no profile, if it is sRGB, or if it cannot be used because it is damaged, has another colour
// space than the photo, or is longer than icc.MaxBytes. It never panics, and its time is linear in the bytes.
func (info Info) profile(data []byte, profiles *icc.Cache) *icc.Profile {
	raw, space := info.embedded(data)
	if len(raw) == 0 || icc.SpaceOf(raw) != space {
		return nil
	}
	return profiles.Profile(raw)
}

// embedded returns the bytes of the profile, and the colour space of the picture.
func (info Info) embedded(data []byte) (profile []byte, space string) {
	switch info.Format {
	case "jpeg":
		head := info.jpeg
		if head.file == nil {
			return nil, ""
		}
		return head.profile(), map[int]string{1: icc.Gray, 3: icc.RGB, 4: icc.CMYK}[head.file.Components()]
	case "png":
		return profileOfPNG(data)
	case "webp":
		return chunkOfWebP(data, "ICCP"), icc.RGB
	}
	return nil, ""
}

// profile joins the parts of a profile from APP2 segments (ICC.1:2022, annex B.4). Each part begins with its number,
// from 1, and the number of all parts.
func (h jpegHead) profile() []byte {
	var parts [256][]byte
	count := 0
	for _, segment := range h.icc {
		number, all := int(segment[0]), int(segment[1])
		if number == 0 || number > all || count != 0 && all != count || parts[number] != nil {
			return nil
		}
		parts[number], count = segment[2:], all
	}
	var out []byte
	for _, part := range parts[1 : count+1] {
		if out = append(out, part...); part == nil || len(out) > icc.MaxBytes {
			return nil
		}
	}
	return out
}

// profileOfPNG returns the profile in the chunk iCCP (PNG, section 11.3.2.3), and the colour space.
func profileOfPNG(data []byte) (profile []byte, space string) {
	head := chunkOfPNG(data, "IHDR")
	if len(head) < 10 {
		return nil, ""
	}
	space = map[byte]string{0: icc.Gray, 4: icc.Gray, 2: icc.RGB, 3: icc.RGB, 6: icc.RGB}[head[9]]
	return unpacked(chunkOfPNG(data, "iCCP")), space
}

// chunkOfPNG returns the body of the first chunk of the name before the pixels, or nil.
func chunkOfPNG(data []byte, name string) []byte {
	for found, body := range pngfile.Chunks(data) {
		switch found {
		case "IDAT":
			return nil
		case name:
			return body
		}
	}
	return nil
}

// exifOf returns the EXIF data of a PNG or WebP, a TIFF structure. Some WebP encoders prefix it with the identifier
// of JPEG files.
func exifOf(data []byte, format string) []byte {
	switch format {
	case "png":
		return chunkOfPNG(data, "eXIf")
	case "webp":
		return bytes.TrimPrefix(chunkOfWebP(data, "EXIF"), []byte("Exif\x00\x00"))
	}
	return nil
}

// unpacked returns the profile in the body of a chunk iCCP, or nil if it is damaged or too long. The body has a name,
// a zero byte, the compression method, and the compressed profile.
func unpacked(body []byte) []byte {
	_, packed, ok := bytes.Cut(body, []byte{0})
	if !ok || len(packed) < 1 || packed[0] != 0 {
		return nil
	}
	return inflated(packed[1:], icc.MaxBytes)
}

// inflated returns what was compressed with zlib, or nil if it is damaged or longer than most bytes.
func inflated(packed []byte, most int64) []byte {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	defer r.Close()
	out, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil || int64(len(out)) > most {
		return nil
	}
	return out
}

// chunkOfWebP returns the body of the first chunk of the name in a WebP file, or nil.
func chunkOfWebP(data []byte, name string) []byte {
	for found, body := range webp.Chunks(data) {
		if found == name {
			return body
		}
	}
	return nil
}
