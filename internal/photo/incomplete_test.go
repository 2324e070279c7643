package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// opensCut decodes the photo, and returns whether the decoder found that it is cut short.
func opensCut(t *testing.T, data []byte) (cut bool, err error) {
	t.Helper()
	err = NewDecoder(DefaultDecodeBytes).Decode(t.Context(), data, color.White, func(p *Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
		cut = p.Cut()
		return err
	})
	return cut, err
}

// TestGIFEnds: a GIF is complete from the end of its first frame on.
func TestGIFEnds(t *testing.T) {
	data := scene.Files()["gif"]
	if len(data) < 100 || data[len(data)-1] != 0x3b || data[len(data)-2] != 0 {
		t.Fatalf("%d bytes", len(data))
	}
	for n := range len(data) + 1 {
		if got := firstFrameEnds(data[:n]); got != (n >= len(data)-1) {
			t.Errorf("%d of %d bytes: %t", n, len(data), got)
		}
	}
	extended := append(data[:gifHeader+6:gifHeader+6], 0x21, 0xfe, 3, 'a', 'b', 'c', 0)
	extended = append(extended, data[gifHeader+6:]...)
	if !firstFrameEnds(extended) || firstFrameEnds(extended[:len(extended)-2]) {
		t.Error("behind a comment")
	}
}

// TestCutFiles: in each format, a file that is cut short is distinguished from a damaged one and from a complete one.
func TestCutFiles(t *testing.T) {
	files := scene.Files()
	photo, webp := files["jpeg"], files["webp"]
	for format, data := range files {
		if cut, err := opensCut(t, data); cut || err != nil {
			t.Errorf("a whole %s: cut %t, %v", format, cut, err)
		}
		for _, percent := range []int{20, 50, 70, 95} {
			part := data[:len(data)*percent/100]
			info, err := Inspect(part)
			if errors.Is(err, fault.ErrSourceIncomplete) {
				continue // the header is missing
			}
			if err != nil {
				t.Fatalf("%d %% of a %s: %v", percent, format, err)
			}
			cut, err := opensCut(t, part)
			shown := percent >= 70 && (format == "jpeg" || format == "png") || percent == 95 && format == "gif"
			if !info.MayBeCut(part) || shown && (err != nil || !cut) ||
				!shown && !errors.Is(err, fault.ErrSourceIncomplete) {
				t.Errorf("%d %% of a %s: cut %t, %v", percent, format, cut, err)
			}
		}
	}
	for why, data := range map[string][]byte{
		"all but the end marker": photo[:len(photo)-2],
		"a video behind it":      append(slices.Clip(photo), make([]byte, 9000)...),
		"a PNG and more":         append(files["png"], make([]byte, 9000)...),
	} {
		if cut, err := opensCut(t, data); cut || err != nil {
			t.Errorf("%s: cut %t, %v", why, cut, err)
		}
	}
	if cut, err := opensCut(t, webp[:len(webp)-4]); !cut && !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Errorf("a WebP without its last bytes: cut %t, %v", cut, err)
	}
	flipped := bytes.Clone(files["png"])
	flipped[len(flipped)/2] ^= 1
	if _, err := opensCut(t, flipped); !errors.Is(err, ErrInvalid) {
		t.Errorf("damaged: %v", err)
	}
}
