package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"newsroom.example/cards/internal/scene"
)

// recipe makes a file of a photograph, which is a PPM or PNG file. In its words, IN and OUT are the names of the files.
type recipe struct{ kind, name, words string }

// recipes has the kinds of the corpus in the order of the table.
var recipes = []recipe{
	{"JPEG, sequential", "420.jpg", "cjpeg -quality 85 -outfile OUT IN"},
	{"JPEG, sequential", "444.jpg", "cjpeg -quality 95 -sample 1x1 -outfile OUT IN"},
	{"JPEG, sequential", "422.jpg", "cjpeg -quality 85 -sample 2x1 -restart 1 -outfile OUT IN"},
	{"JPEG, sequential", "grey.jpg", "cjpeg -quality 85 -grayscale -optimize -outfile OUT IN"},
	{"JPEG, progressive", "420.jpg", "cjpeg -quality 85 -progressive -outfile OUT IN"},
	{"JPEG, progressive", "444.jpg", "cjpeg -quality 95 -progressive -sample 1x1 -outfile OUT IN"},
	{"JPEG, progressive", "411.jpg", "cjpeg -quality 70 -progressive -sample 4x1 -outfile OUT IN"},
	{"JPEG, arithmetic", "sequential.jpg", "cjpeg -quality 85 -arithmetic -outfile OUT IN"},
	{"JPEG, arithmetic", "progressive.jpg", "cjpeg -quality 85 -arithmetic -progressive -outfile OUT IN"},
	{"JPEG, inks", "444.jpg", "convert IN -colorspace CMYK -quality 92 -sampling-factor 1x1 OUT"},
	{"JPEG, inks", "420.jpg", "convert IN -colorspace CMYK -quality 50 -sampling-factor 2x2 OUT"},
	{"JPEG, inks", "411.jpg", "convert IN -colorspace CMYK -quality 80 -sampling-factor 4x1 -interlace JPEG OUT"},
	{"JPEG, RGB", "rgb.jpg", "cjpeg -quality 90 -rgb -outfile OUT IN"},
	{"JPEG, rare sampling", "1x4.jpg", "cjpeg -quality 85 -sample 1x4 -outfile OUT IN"},
	{"JPEG, rare sampling", "2x4.jpg", "cjpeg -quality 85 -sample 2x4 -outfile OUT IN"},
	{"JPEG, rare sampling", "3x1.jpg", "cjpeg -quality 85 -sample 3x1 -outfile OUT IN"},
	{"JPEG, rare sampling", "mixed.jpg", "cjpeg -quality 85 -sample 2x2,2x1,1x2 -outfile OUT IN"},
	{"JPEG, rare sampling", "coarse.jpg", "cjpeg -quality 85 -sample 1x1,2x2,2x2 -outfile OUT IN"},
	{"PNG", "rgb.png", "convert IN PNG24:OUT"},
	{"PNG", "deep.png", "convert IN -depth 16 PNG48:OUT"},
	{"PNG", "palette.png", "convert IN -colors 200 PNG8:OUT"},
	{"PNG", "grey.png", "convert IN -colorspace Gray -interlace PNG OUT"},
	{"PNG", "alpha.png", "convert IN -alpha set -channel A -evaluate set 70% +channel PNG32:OUT"},
	{"GIF", "plain.gif", "convert IN -colors 250 OUT"},
	{"GIF", "interlaced.gif", "convert IN -colors 64 -interlace GIF OUT"},
	{"WebP", "lossy.webp", "cwebp -quiet -q 80 IN -o OUT"},
	{"WebP", "coarse.webp", "cwebp -quiet -q 40 -m 6 IN -o OUT"},
	{"WebP", "lossless.webp", "cwebp -quiet -lossless IN -o OUT"},
	{"other formats", "deep.jp2", "convert IN OUT"},
	{"other formats", "bitmap.bmp", "convert IN OUT"},
	{"other formats", "tagged.tiff", "convert IN OUT"},
}

// spoiler makes a faulty file of a whole one, from the folder of a kind.
type spoiler struct {
	kind, of string
	change   func(data []byte) []byte
}

// faults has the kinds of faults in the order of the table.
var faults = []spoiler{
	{"cut at 99 %", "*/*", func(data []byte) []byte { return data[:len(data)*99/100] }},
	{"cut at 80 %", "JPEG*/*", func(data []byte) []byte { return data[:len(data)*80/100] }},
	{"a wrong byte", "JPEG*/*", func(data []byte) []byte {
		out := bytes.Clone(data)
		at := max(bytes.LastIndex(out, []byte{0xff, 0xda})+20, len(out)*2/3)
		for out[at] == 0xff || out[at-1] == 0xff || out[at]^4 == 0xff {
			at++
		}
		out[at] ^= 4
		return out
	}},
	{"no Huffman tables", "JPEG, sequential/*-420*", withoutTables},
	{"PNG without an end", "PNG/*", func(data []byte) []byte { return data[:len(data)-12] }},
	{"PNG, a text's checksum", "PNG/*", func(data []byte) []byte {
		text := scene.PNGChunk("tEXt", []byte("Title\x00Harbour"))
		text[len(text)-1] ^= 1
		return bytes.Join([][]byte{data[:33], text, data[33:]}, nil)
	}},
}

// withoutTables removes the Huffman tables of a JPEG.
func withoutTables(data []byte) []byte {
	for {
		at := bytes.Index(data, []byte{0xff, 0xc4})
		if at < 0 {
			return data
		}
		n := 2 + int(data[at+2])<<8 + int(data[at+3])
		data = append(bytes.Clone(data[:at]), data[at+n:]...)
	}
}

// photographs is the number of photographs of which each recipe makes a file.
const photographs = 4

// makeCorpus makes the corpus in a folder, which must not exist.
func makeCorpus(dir string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "photos-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	for i := range photographs {
		in := filepath.Join(work, "in.png")
		if err := os.WriteFile(in, scene.PNG(scene.Photo(300+40*i, 200+13*i, 6*i, uint64(i+11))), 0o600); err != nil {
			return err
		}
		ppm := filepath.Join(work, "in.ppm")
		if out, err := exec.Command("convert", in, "-blur", "0x1", ppm).CombinedOutput(); err != nil {
			return fmt.Errorf("convert: %w: %s", err, out)
		}
		if out, err := exec.Command("convert", ppm, in).CombinedOutput(); err != nil {
			return fmt.Errorf("convert: %w: %s", err, out)
		}
		for _, r := range recipes {
			if err := r.cook(dir, ppm, i); err != nil {
				return err
			}
		}
	}
	if err := spoil(dir); err != nil {
		return err
	}
	return borrow(dir)
}

// cook runs a recipe.
func (r recipe) cook(dir, in string, i int) error {
	folder := filepath.Join(dir, r.kind)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	out := filepath.Join(folder, fmt.Sprintf("%d-%s", i, r.name))
	words := strings.Fields(r.words)
	for i, w := range words {
		words[i] = strings.NewReplacer("IN", in, "OUT", out).Replace(w)
	}
	if text, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w: %s", words, err, text)
	}
	return nil
}

// spoil makes the faulty files.
func spoil(dir string) error {
	for _, f := range faults {
		paths, err := filepath.Glob(filepath.Join(dir, f.of))
		if err != nil {
			return err
		}
		folder := filepath.Join(dir, f.kind)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		for _, path := range paths {
			kind := filepath.Base(filepath.Dir(path))
			if kind == "other formats" || strings.HasPrefix(kind, "cut") {
				continue
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			name := strings.NewReplacer(", ", "-", " ", "-").Replace(kind) + "-" + filepath.Base(path)
			if err := os.WriteFile(filepath.Join(folder, name), f.change(data), 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// borrowed is the kind of the pictures of Go's tests.
const borrowed = "tests of Go"

// borrow copies the pictures of Go's tests.
func borrow(dir string) error {
	folder := filepath.Join(dir, borrowed)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/image").Output()
	if err != nil {
		return err
	}
	folders := []string{filepath.Join(strings.TrimSpace(string(root)), "src", "image"), strings.TrimSpace(string(module))}
	for _, from := range folders {
		err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil || e.IsDir() || !strings.Contains(path, "testdata"):
				return err
			}
			switch filepath.Ext(path) {
			case ".png", ".jpeg", ".jpg", ".gif", ".webp", ".bmp", ".tiff":
				data, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				return os.WriteFile(filepath.Join(folder, filepath.Base(filepath.Dir(path))+"-"+filepath.Base(path)), data, 0o600)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
