package main

import (
	"bytes"
	"encoding/json"
	"image"
	_ "image/jpeg" // formats of the peers' cards
	_ "image/png"  //
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/bench/internal/sample"
)

// TestPeersDrawWholeCards draws a text card and a photo card with every tool and checks the pictures.
func TestPeersDrawWholeCards(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts every tool")
	}
	t.Chdir("../..")
	if _, err := os.Stat("bench/peers/node_modules"); err != nil {
		t.Skip("the peers are not installed: run scripts/bench-deps")
	}
	b := &bench{fonts: filepath.Join(t.TempDir(), "fonts")}
	if err := b.unpackFonts(); err != nil {
		t.Fatal(err)
	}
	data, err := sample.Encode(sample.Scene{Width: 1440, Height: 960, Detail: 1}.Paint(), 80)
	if err != nil {
		t.Fatal(err)
	}
	photo := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(photo, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tool := range tools {
		if tool == "chromium" {
			if _, err := exec.LookPath("chromium"); err != nil {
				t.Logf("%s is not installed: skipped", name)
				continue
			}
		}
		text, pictured := filepath.Join(t.TempDir(), "text"), filepath.Join(t.TempDir(), "pictured")
		drawn(t, b.fonts, tool, map[string]string{text: "", pictured: photo})
		looksWhole(t, tool, text, false)
		looksWhole(t, tool, pictured, true)
	}
}

// drawn draws a card into each file with one worker. The map's values are the photos; an empty one means a text card.
func drawn(t *testing.T, fonts, tool string, photos map[string]string) {
	t.Helper()
	var turns bytes.Buffer
	for file, photo := range photos {
		err := json.NewEncoder(&turns).Encode(map[string]any{"texts": sample.Texts, "from": 1, "seconds": 0, "photo": photo, "keep": file})
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "node", "bench/peers/worker.mjs", tool, fonts, "1")
	cmd.Stdin = &turns
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Count(string(out), `"cards":1`) != len(photos) {
		t.Fatalf("%s: %v: %s", tool, err, out)
	}
}

// looksWhole checks that a card has the right size, dark and light pixels, and many colours if and only if it has a
// photo.
func looksWhole(t *testing.T, tool, file string, withPhoto bool) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	if m.Bounds().Size() != (image.Point{1200, 630}) {
		t.Errorf("%s: %v", tool, m.Bounds())
	}
	colours := map[[3]uint32]int{}
	for y := 0; y < 630; y += 3 {
		for x := 0; x < 1200; x += 3 {
			r, g, b, _ := m.At(x, y).RGBA()
			colours[[3]uint32{r >> 13, g >> 13, b >> 13}]++
		}
	}
	if dark, light := colours[[3]uint32{}], colours[[3]uint32{7, 7, 7}]; dark == 0 || light < 300 {
		t.Errorf("%s: %d dark and %d light spots", tool, dark, light)
	}
	if n := len(colours); withPhoto != (n > 30) {
		t.Errorf("%s: %d colours, with a photo: %t", tool, n, withPhoto)
	}
}
