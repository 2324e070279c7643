package sample_test

import (
	"bytes"
	"flag"
	"image/jpeg"
	"os"
	"testing"

	"newsroom.example/cards/internal/sample"
)

var update = flag.Bool("update", false, "write dusk.jpg")

// TestPhoto: the embedded file shows the scene, but for what JPEG loses.
func TestPhoto(t *testing.T) {
	scene := sample.Scenes[0].Draw(1600, 1000)
	if *update {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, scene, &jpeg.Options{Quality: 84}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("dusk.jpg", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	shown, err := jpeg.Decode(bytes.NewReader(sample.Photo))
	if err != nil || shown.Bounds() != scene.Rect {
		t.Fatalf("%v: run with -update", err)
	}
	var off, n int
	for y := 0; y < 1000; y += 7 {
		for x := 0; x < 1600; x += 7 {
			r, _, _, _ := shown.At(x, y).RGBA()
			d := int(r>>8) - int(scene.RGBAAt(x, y).R)
			off, n = off+max(d, -d), n+1
		}
	}
	if off > 4*n {
		t.Errorf("the file differs from the scene by %d of 255 on average: run with -update", off/n)
	}
}
