package main

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/gobold"
)

// withoutQuotes returns a font whose character map ends a run of characters before the quotation marks in it (OpenType,
// cmap, format 4).
func withoutQuotes(t *testing.T) string {
	t.Helper()
	font, be := bytes.Clone(gobold.TTF), binary.BigEndian
	cut := 0
	for i := range int(be.Uint16(font[4:])) {
		entry := font[12+16*i:]
		if string(entry[:4]) != "cmap" {
			continue
		}
		cmap := font[be.Uint32(entry[8:]):]
		for n := range int(be.Uint16(cmap[2:])) {
			sub := cmap[be.Uint32(cmap[4+8*n+4:]):]
			if be.Uint16(sub) != 4 {
				continue
			}
			all := int(be.Uint16(sub[6:])) // bytes of each list
			for seg := 0; seg < all; seg += 2 {
				end, start := sub[14+seg:], sub[16+all+seg:]
				if be.Uint16(start) <= 0x2018 && be.Uint16(end) >= 0x201d {
					be.PutUint16(end, 0x2017)
					cut++
				}
			}
		}
	}
	if cut == 0 {
		t.Fatal("the font has no run with quotation marks")
	}
	return string(font)
}

// TestThemeCheckNamesMissingCharacters: the check says which common characters a theme's font lacks, and what draws them.
func TestThemeCheckNamesMissingCharacters(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "fonts/quoteless.ttf", withoutQuotes(t))
	write(t, dir, "harbor.toml", ownTheme+"[headline]\nfonts = [\"Go\", \"Noto Serif Display\"]\n[text]\nfonts = [\"Pretendard\"]\n")
	out, errs, status := ran(t, "theme", "check", dir, "--fonts", filepath.Join(dir, "fonts"))
	if status != exitDone || !strings.Contains(out, "harbor.toml: headline.fonts: quoteless has no ’ ‘ “ ”; they are drawn in Noto Serif Display\n") {
		t.Errorf("%d %q %q", status, out, errs)
	}
	if strings.Contains(out, "text.fonts") {
		t.Errorf("a font that lacks nothing is named: %q", out)
	}
}
