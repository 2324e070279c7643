// Command focus tests package focus on pictures with known faces. It counts the faces that are found, the faces that
// are complete in a crop, and the false detections, and writes into docs/photos.md how many graphics and photographs
// are told apart. peers.mjs tests sharp and smartcrop on the same pictures.
//
//	bench/focus/pictures DIR       unpacks pictures of Debian's and npm's packages
//	go run ./bench/focus DIR       measures, and writes DIR/truth.json
//	node bench/focus/peers.mjs DIR
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"

	"newsroom.example/cards/internal/photo/focus"
)

// truth describes a picture and the faces in it, in pixels.
type truth struct {
	File  string            `json:"file"`
	Set   string            `json:"set"`
	Size  image.Point       `json:"size"`
	Faces []image.Rectangle `json:"faces"`
}

// shapes lists the sizes to which pictures are cropped.
var shapes = []struct {
	Name string
	Size image.Point
}{{"og", image.Pt(1200, 630)}, {"square", image.Pt(1200, 1200)}, {"story", image.Pt(1080, 1920)}}

// sets lists the sets of pictures in the order of the table.
var sets = []string{"people", "nobody", "pasted", "photos", "none"}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: focus DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "focus:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	pasted, err := paste(dir)
	if err != nil {
		return err
	}
	known, err := annotated(dir)
	if err != nil {
		return err
	}
	all, err := photographs(dir)
	if err != nil {
		return err
	}
	all = append(append(all, pasted...), known...)
	sums, drawn := map[string]*sum{}, map[string]bool{}
	for _, p := range all {
		img, err := read(filepath.Join(dir, p.File))
		if err != nil {
			return err
		}
		if sums[p.Set] == nil {
			sums[p.Set] = &sum{kept: make([]int, len(shapes)), sizes: make([]share, len(classes))}
		}
		f := focus.Find(img)
		sums[p.Set].add(p, f)
		drawn[p.File] = f.Graphic != nil
	}
	for _, set := range sets {
		fmt.Println(set, sums[set])
	}
	table, err := graphics(drawn, all)
	if err != nil {
		return err
	}
	if err := writeTable(table); err != nil {
		return err
	}
	data, err := json.Marshal(map[string]any{"pictures": all, "shapes": shapes})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "truth.json"), data, 0o644)
}

// classes are the sizes of a picture's largest face, as parts of the long side, from which on each class is.
var classes = []float64{0.2, 0.1, 0}

// sum holds the results for a set of pictures.
type sum struct {
	pictures, faces, found, wrong int
	kept                          []int   // whole faces in the crop, by shape
	alone                         share   // faces that are the only one, in the crop of the first shape
	none                          int     // pictures with faces of which that crop keeps none
	sizes                         []share // largest faces, in that crop, by class
}

// share counts those of a kind that are whole in the crop, and all.
type share struct{ kept, all int }

func (s *share) add(kept bool) {
	s.all++
	if kept {
		s.kept++
	}
}

// whole reports whether the crop keeps a face of the picture. In a photograph of people, whose boxes are those of a
// network, nine tenths of the box are enough.
func (t truth) whole(face, crop image.Rectangle) bool {
	if t.Set != "people" {
		return face.In(crop)
	}
	both := face.Intersect(crop)
	return 10*both.Dx()*both.Dy() >= 9*face.Dx()*face.Dy()
}

// first adds what the crop of the first shape keeps.
func (s *sum) first(p truth, crop image.Rectangle) {
	if len(p.Faces) == 0 {
		return
	}
	long := func(r image.Rectangle) int { return max(r.Dx(), r.Dy()) }
	largest := slices.MaxFunc(p.Faces, func(a, b image.Rectangle) int { return long(a) - long(b) })
	of := float64(long(largest)) / float64(max(p.Size.X, p.Size.Y))
	s.sizes[slices.IndexFunc(classes, func(from float64) bool { return of >= from })].add(p.whole(largest, crop))
	if len(p.Faces) == 1 {
		s.alone.add(p.whole(largest, crop))
	}
	if !slices.ContainsFunc(p.Faces, func(f image.Rectangle) bool { return p.whole(f, crop) }) {
		s.none++
	}
}

func (s *sum) add(p truth, f focus.Focus) {
	s.pictures, s.faces = s.pictures+1, s.faces+len(p.Faces)
	s.first(p, focus.Crop(p.Size, shapes[0].Size, f, focus.Rect{}))
	for _, face := range p.Faces {
		for _, got := range f.Faces {
			if inside(p.Size, got.Center(), face) {
				s.found++
				break
			}
		}
		for i, shape := range shapes {
			if p.whole(face, focus.Crop(p.Size, shape.Size, f, focus.Rect{})) {
				s.kept[i]++
			}
		}
	}
	for _, got := range f.Faces {
		right := false
		for _, face := range p.Faces {
			right = right || inside(p.Size, got.Center(), face)
		}
		if !right {
			s.wrong++
		}
	}
}

func inside(size image.Point, p focus.Point, r image.Rectangle) bool {
	return image.Pt(int(p.X*float64(size.X)), int(p.Y*float64(size.Y))).In(r)
}

func (s *sum) String() string {
	out := fmt.Sprintf("%d pictures, %d faces: %d found, %d wrong; kept", s.pictures, s.faces, s.found, s.wrong)
	for i, shape := range shapes {
		out += fmt.Sprintf(" %s %d", shape.Name, s.kept[i])
	}
	if s.alone.all > 0 {
		out += fmt.Sprintf("; og: of single faces %v, of the largest by size %v, no face in %d", s.alone, s.sizes, s.none)
	}
	return out
}

func read(path string) (image.Image, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	return img, err
}

func write(path string, m image.Image) error {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, m); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}
