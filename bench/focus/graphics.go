package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"slices"
	"strings"

	"golang.org/x/image/draw"

	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/scene"
)

// graphicsData lists the pictures of people.json that are no photographs: logos, drawings, maps, diagrams and
// screenshots. Photographs of written pages are not among them.
//
//go:embed graphics.json
var graphicsData []byte

// variants are the ways in which a drawn graphic reaches a newsroom.
var variants = []struct {
	name string
	made func(image.Image) (image.Image, error)
}{
	{"drawn, 1,200 by 800", func(m image.Image) (image.Image, error) { return m, nil }},
	{"... JPEG of quality 90", func(m image.Image) (image.Image, error) { return squeezed(m, 90) }},
	{"... JPEG of quality 75", func(m image.Image) (image.Image, error) { return squeezed(m, 75) }},
	{"... JPEG of quality 60", func(m image.Image) (image.Image, error) { return squeezed(m, 60) }},
	{"drawn, 560 by 373", small},
	{"... JPEG of quality 80", func(m image.Image) (image.Image, error) {
		m, err := small(m)
		if err != nil {
			return nil, err
		}
		return squeezed(m, 80)
	}},
}

func small(m image.Image) (image.Image, error) {
	out := image.NewRGBA(image.Rect(0, 0, 560, 373))
	draw.CatmullRom.Scale(out, out.Rect, m, m.Bounds(), draw.Src, nil)
	return out, nil
}

func squeezed(m image.Image, quality int) (image.Image, error) {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return jpeg.Decode(&file)
}

// graphics returns the table of what is taken for a graphic: of drawn ones, and of the pictures of the sets people and
// nobody, where photos are known.
func graphics(found map[string]bool, photos []truth) (string, error) {
	var known []string
	if err := json.Unmarshal(graphicsData, &known); err != nil {
		return "", err
	}
	out := "| | pictures | taken for a graphic | for a photograph |\n|---|---|---|---|\n"
	row := func(name string, all, taken int) {
		out += fmt.Sprintf("| %s | %d | %d | %d |\n", name, all, taken, all-taken)
	}
	drawn := scene.Graphics(1200, 800)
	for _, v := range variants {
		taken := 0
		for _, g := range drawn {
			m, err := v.made(g.RGBA)
			if err != nil {
				return "", err
			}
			if focus.Find(m).Graphic != nil {
				taken++
			}
		}
		row("graphics, "+v.name, len(drawn), taken)
	}
	counts := map[string]*[2]int{"found": {}, "people": {}, "nobody": {}}
	for _, p := range photos {
		set := p.Set
		if slices.Contains(known, p.File) {
			set = "found"
		}
		if counts[set] == nil {
			continue
		}
		counts[set][0]++
		if found[p.File] {
			counts[set][1]++
		}
	}
	row("graphics of the packages", counts["found"][0], counts["found"][1])
	row("photographs of people", counts["people"][0], counts["people"][1])
	row("photographs without", counts["nobody"][0], counts["nobody"][1])
	return out, nil
}

// The page that shows the table, and where.
const (
	page  = "docs/photos.md"
	begin = "<!-- make focus: graphics begin -->"
	end   = "<!-- make focus: graphics end -->"
)

// writeTable puts a table into the page.
func writeTable(table string) error {
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no place for the table", page)
	}
	return os.WriteFile(page, []byte(before+begin+"\n\n"+table+"\n"+end+after), 0o644)
}
