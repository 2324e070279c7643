package main

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	xdraw "golang.org/x/image/draw"
)

// The format of the NumPy file: faces of 25 by 25 pixels, then the same number of pictures without faces.
const (
	facesFile = "lfw_subset.npy"
	faceCount = 100
	faceSide  = 25
)

// grounds are the photos without faces onto which faces are pasted.
var grounds = []string{"coffee.png", "rocket.jpg", "chelsea.png", "motorcycle_left.png", "hubble_deep_field.jpg",
	"000.jpg", "001.jpg", "002.jpg"}

// paste pastes each face onto a photo of 1200 by 800 pixels. The positions and sizes are pseudorandom and the same in
// every run.
func paste(dir string) ([]truth, error) {
	data, err := os.ReadFile(filepath.Join(dir, facesFile))
	if err != nil {
		return nil, err
	}
	faces := data[10+int(binary.LittleEndian.Uint16(data[8:])):]
	state := uint32(1)
	next := func(n int) int {
		state = state*1664525 + 1013904223
		return int(state>>8) % n
	}
	var all []truth
	for i := range faceCount {
		ground, err := read(filepath.Join(dir, grounds[i%len(grounds)]))
		if err != nil {
			return nil, err
		}
		m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
		xdraw.ApproxBiLinear.Scale(m, m.Rect, ground, ground.Bounds(), draw.Src, nil)
		side := 140 + next(200)
		at := image.Pt(next(1200-side), next(800-side))
		place := image.Rectangle{Min: at, Max: at.Add(image.Pt(side, side))}
		face := portrait(faces[8*faceSide*faceSide*i:])
		xdraw.BiLinear.Scale(m, place, face, face.Rect, draw.Src, nil)
		name := fmt.Sprintf("pasted-%02d.png", i)
		if err := write(filepath.Join(dir, name), m); err != nil {
			return nil, err
		}
		all = append(all, truth{name, "pasted", m.Rect.Size(), []image.Rectangle{place}})
	}
	return all, nil
}

// portrait decodes a face. Each pixel is a brightness from 0 to 1 in eight bytes.
func portrait(data []byte) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, faceSide, faceSide))
	for i := range m.Pix {
		v := math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
		m.Set(i%faceSide, i/faceSide, color.Gray{Y: uint8(v * 255)})
	}
	return m
}

// heads lists the faces in photos as fractions of the width and height: left, top, right, bottom.
var heads = map[string][][4]float64{
	"astronaut.png":    {{0.35, 0.12, 0.53, 0.36}},
	"camera.png":       {{0.40, 0.19, 0.50, 0.34}},
	"face_swapped.jpg": {{0.32, 0.22, 0.68, 0.68}},
	"facereg.jpg": {{0.05, 0.03, 0.43, 0.48}, {0.57, 0.03, 0.93, 0.48}, {0.06, 0.53, 0.45, 0.97},
		{0.56, 0.53, 0.90, 0.97}},
	"julia_facedetect_sample.jpg": {{0.33, 0.18, 0.60, 0.40}},
	"messi5.jpg":                  {{0.40, 0.24, 0.49, 0.42}},
}

// empty lists the photos without human faces.
var empty = []string{"coffee.png", "rocket.jpg", "chelsea.png", "motorcycle_left.png", "hubble_deep_field.jpg",
	"retina.jpg", "brick.png", "grass.png",
	"gravel.png", "coins.png", "moon.png", "ihc.png", "page.png", "000.jpg", "001.jpg", "002.jpg", "fruits.jpg",
	"home.jpg", "building.jpg", "stuff.jpg",
	"squirrel_cls.jpg", "butterfly.jpg", "aloeL.jpg", "starry_night.jpg", "leuvenA.jpg", "board.jpg", "orange.jpg",
	"blox.jpg", "baboon.jpg"}

func annotated(dir string) ([]truth, error) {
	var all []truth
	for _, name := range append(slices.Sorted(maps.Keys(heads)), empty...) {
		img, err := read(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		size := img.Bounds().Size()
		t := truth{File: name, Set: "photos", Size: size}
		for _, h := range heads[name] {
			at := func(f float64, n int) int { return int(f * float64(n)) }
			t.Faces = append(t.Faces, image.Rect(at(h[0], size.X), at(h[1], size.Y), at(h[2], size.X), at(h[3], size.Y)))
		}
		if t.Faces == nil {
			t.Set = "none"
		}
		all = append(all, t)
	}
	return all, nil
}
