package sample

import (
	"bytes"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os/exec"
	"slices"
	"testing"

	_ "golang.org/x/image/webp"
)

// TestFormats: each file has the scene's size, in the format that it says, also with a number behind its end.
func TestFormats(t *testing.T) {
	for _, name := range []string{"jpegtran", "cwebp"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	small := Scene{Width: 240, Height: 160, Detail: 1}.Paint()
	for _, f := range Formats {
		data, err := f.File(small, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		parts := Ended(data, 7)
		m, format, err := image.DecodeConfig(bytes.NewReader(slices.Concat(parts[0], parts[1], parts[2])))
		if err != nil || "image/"+format != f.Type || m.Width != 240 || m.Height != 160 {
			t.Errorf("%s: %dx%d %s, %v", f.Name, m.Width, m.Height, format, err)
		}
	}
}
