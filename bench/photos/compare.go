package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/ciede"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// row is a line of the table.
type row struct {
	kind                          string
	files                         int
	here, cut, magick, sharp      int     // files that are taken; cut: as incomplete
	fromMagick, fromSharp         float64 // sums of the mean differences
	comparedMagick, comparedSharp int
	refused                       []string
}

// document is where the table is, between two marks.
const (
	document  = "docs/photos.md"
	beginMark = "<!-- make photos: begin -->\n"
	endMark   = "<!-- make photos: end -->\n"
)

// compare decodes the corpus, and writes the table.
func compare(dir string) error {
	decoder := photo.NewDecoder(photo.DefaultDecodeBytes)
	var rows []*row
	for _, kind := range kinds() {
		paths, err := filepath.Glob(filepath.Join(dir, kind, "*"))
		if err != nil {
			return err
		}
		r := &row{kind: kind}
		for _, path := range paths {
			if err := r.add(decoder, dir, path); err != nil {
				return err
			}
		}
		rows = append(rows, r)
	}
	return write(rows)
}

// kinds returns the kinds in the order of the table.
func kinds() (all []string) {
	for _, r := range recipes {
		all = append(all, r.kind)
	}
	for _, f := range faults {
		all = append(all, f.kind)
	}
	return slices.Compact(append(all, borrowed))
}

// add decodes a file in every way.
func (r *row) add(decoder *photo.Decoder, dir, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	r.files++
	other := magick(path, data)
	if other != nil {
		r.magick++
	}
	var peer image.Image
	if packed, err := os.ReadFile(filepath.Join(dir, ".sharp", r.kind, filepath.Base(path)+".png")); err == nil {
		if peer, err = png.Decode(bytes.NewReader(packed)); err != nil {
			return err
		}
		r.sharp++
	}
	own, cut, err := decode(decoder, data)
	if err != nil {
		if message := fault.MessageOf(err); !slices.Contains(r.refused, message) {
			r.refused = append(r.refused, message)
		}
		return nil
	}
	r.here++
	if cut {
		r.cut++
	}
	if d, ok := apart(own, other, cut); ok {
		r.fromMagick, r.comparedMagick = r.fromMagick+d, r.comparedMagick+1
	}
	if d, ok := apart(own, peer, cut); ok {
		r.fromSharp, r.comparedSharp = r.fromSharp+d, r.comparedSharp+1
	}
	return nil
}

// apart returns the difference of the two pictures. A picture that is cut short is compared with the same rows.
func apart(own, other image.Image, cut bool) (mean float64, ok bool) {
	if other == nil {
		return 0, false
	}
	a, b := own.Bounds().Size(), other.Bounds().Size()
	if a.X != b.X || a.Y != b.Y && !(cut && a.Y < b.Y) {
		return 0, false
	}
	return ciede.Mean(own, other, 1+a.X*a.Y/100_000), true
}

// decode decodes a file with package photo, at its full size over white.
func decode(decoder *photo.Decoder, data []byte) (img image.Image, cut bool, err error) {
	err = decoder.Decode(context.Background(), data, color.White, func(p *photo.Photo) error {
		m, at, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
		if err != nil {
			return err
		}
		out := image.NewRGBA(image.Rectangle{Max: at.Size()})
		draw.Draw(out, out.Rect, m, at.Min, draw.Src)
		img, cut = out, p.Cut()
		return nil
	})
	return img, cut, err
}

// srgbProfile is Debian's profile of sRGB, from the package libgs-common.
const srgbProfile = "/usr/share/color/icc/ghostscript/srgb.icc"

// magick decodes a file with ImageMagick, or returns nil.
func magick(path string, data []byte) image.Image {
	convert := []string{path + "[0]", "-coalesce", "-auto-orient", "-background", "white", "-alpha", "remove"}
	_, noProfile := os.Stat(srgbProfile)
	profiled := slices.ContainsFunc([]string{"ICC_PROFILE\x00", "iCCP", "ICCP"}, func(mark string) bool {
		return bytes.Contains(data, []byte(mark))
	})
	if profiled && noProfile == nil {
		convert = append(convert, "-profile", srgbProfile)
	} else {
		convert = append(convert, "-colorspace", "sRGB")
	}
	out, _ := exec.Command("convert", append(convert, "-depth", "8", "PNG24:-")...).Output() // it exits with 1 after a warning
	m, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		return nil
	}
	return m
}

// write writes the table into the document.
func write(rows []*row) error {
	var table strings.Builder
	table.WriteString("| kind | files | taken here | ImageMagick | sharp | mean dE2000 from ImageMagick | from sharp |\n|---|---|---|---|---|---|---|\n")
	var refused []string
	for _, r := range rows {
		here := strconv.Itoa(r.here)
		if r.cut > 0 {
			here = fmt.Sprintf("%d, %d of them as incomplete", r.here, r.cut)
		}
		fmt.Fprintf(&table, "| %s | %d | %s | %d | %d | %s | %s |\n", r.kind, r.files, here, r.magick, r.sharp,
			mean(r.fromMagick, r.comparedMagick), mean(r.fromSharp, r.comparedSharp))
		for _, message := range r.refused {
			refused = append(refused, fmt.Sprintf("- %s: %s", r.kind, message))
		}
	}
	text := "\n" + table.String() + "\nRefused, with the message:\n\n" + strings.Join(refused, "\n") + "\n\n"
	old, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(old), beginMark)
	_, after, ended := strings.Cut(rest, endMark)
	if !ok || !ended {
		return fmt.Errorf("%s has no place for the table", document)
	}
	return os.WriteFile(document, []byte(before+beginMark+text+endMark+after), 0o644)
}

// mean returns a mean as text; nothing if there is none.
func mean(sum float64, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", sum/float64(n))
}
