package main

import (
	_ "embed"
	"encoding/json"
	"image"
	"maps"
	"path/filepath"
	"slices"
)

// peopleData lists photographs of npm packages and of the two Debian packages: for each file the faces of at least 3 %
// of the long side, as fractions of the width and height: left, top, right, bottom. The boxes are those of face-api's
// SSD MobileNet v1 at a score of 0.5, each looked at; pictures that are shown twice and screenshots are left out.
//
//go:embed people.json
var peopleData []byte

// photographs returns the photographs of the sets people and nobody.
func photographs(dir string) ([]truth, error) {
	var faces map[string][][4]float64
	if err := json.Unmarshal(peopleData, &faces); err != nil {
		return nil, err
	}
	var all []truth
	for _, name := range slices.Sorted(maps.Keys(faces)) {
		img, err := read(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		size := img.Bounds().Size()
		t := truth{File: name, Set: "people", Size: size, Faces: []image.Rectangle{}}
		for _, f := range faces[name] {
			at := func(f float64, n int) int { return int(f*float64(n) + 0.5) }
			t.Faces = append(t.Faces, image.Rect(at(f[0], size.X), at(f[1], size.Y), at(f[2], size.X), at(f[3], size.Y)))
		}
		if len(t.Faces) == 0 {
			t.Set = "nobody"
		}
		all = append(all, t)
	}
	return all, nil
}
