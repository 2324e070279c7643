package fonts

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// maxFile is the size of a font file that is read, in bytes.
const maxFile = 64 << 20

// ErrNoFonts reports a folder without font files.
var ErrNoFonts = errors.New("holds no font file (.ttf, .otf, .ttc, .woff)")

// With returns the set with the .ttf, .otf, .ttc and .woff fonts of a folder and its subfolders; other files
// are ignored. A font replaces one with the same family and weight. Other fonts are added: a Face can name their
// family, and they come before the embedded fallbacks for characters that the main font lacks. A variable font
// provides every weight of its axis that the templates use. Italics are a separate family, "NAME Italic".
//
// The error names the file that cannot be read. With does not modify s.
func (s *Set) With(folder fs.FS) (*Set, error) {
	found, version, err := readFolder(folder)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ErrNoFonts
	}
	next := &Set{families: maps.Clone(s.families), added: slices.Clone(s.added), fallbacks: slices.Clone(s.fallbacks),
		version: s.version + "+" + version}
	for _, f := range found {
		next.add(f)
	}
	return next, nil
}

func (s *Set) add(f *Font) {
	kept := slices.Clone(s.families[f.Family])
	if len(kept) == 0 {
		s.added = append(s.added, f.Family)
		slices.Sort(s.added)
	}
	i := slices.IndexFunc(kept, func(k *Font) bool { return k.Weight == f.Weight })
	if i < 0 {
		s.families[f.Family] = append(kept, f)
		return
	}
	for j, fallback := range s.fallbacks {
		if fallback == kept[i] {
			s.fallbacks[j] = f
		}
	}
	kept[i] = f
	s.families[f.Family] = kept
}

// readFolder reads every font of the folder, in the order of their paths.
func readFolder(folder fs.FS) (found []*Font, version string, err error) {
	var seen [][]byte
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch strings.ToLower(path.Ext(name)) {
		case ".ttf", ".otf", ".ttc", ".woff":
		case ".woff2":
			return fmt.Errorf("font %s: WOFF 2 is not read; give the .ttf, .otf or .woff", name)
		default:
			return nil
		}
		if d.IsDir() {
			return nil
		}
		raw, err := readFile(folder, name)
		if err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
		fonts, err := readFonts(name, raw)
		if err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
		found = append(found, fonts...)
		seen = append(seen, []byte(name), raw)
		return nil
	})
	return found, digest(seen...), err
}

func readFile(folder fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%d bytes are more than %d", info.Size(), maxFile)
	}
	return fs.ReadFile(folder, name)
}

// readFonts parses a file and tries every font in it, so that a broken font is reported now and not when a
// headline needs it.
func readFonts(name string, raw []byte) (found []*Font, err error) {
	defer func() {
		if r := recover(); r != nil {
			found, err = nil, fmt.Errorf("is broken or cut short: %v", r)
		}
	}()
	if err := checkTables(raw); err != nil {
		return nil, err
	}
	loaders, err := ot.NewLoaders(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	for _, ld := range loaders {
		f, err := font.NewFont(ld)
		if err != nil {
			return nil, fmt.Errorf("cannot be read: %w", err)
		}
		if err := try(font.NewFace(f)); err != nil {
			return nil, err
		}
		found = append(found, describe(base, f, weights(ld))...)
	}
	return found, nil
}

// describe returns the fonts of a file: one, or one for each weight of a variable font.
func describe(name string, f *font.Font, weights []Weight) (found []*Font) {
	d := f.Describe()
	family := d.Family
	if family == "" {
		family = name
	}
	if d.Aspect.Style == font.StyleItalic {
		family += " Italic"
	}
	one := func(w Weight, v []font.Variation) *Font {
		return &Font{Name: name, Family: family, Weight: w, variations: v,
			parse: func() (*font.Font, error) { return f, nil }}
	}
	for _, w := range weights {
		found = append(found, one(w, []font.Variation{{Tag: weightAxis, Value: float32(w)}}))
	}
	if len(found) == 0 {
		found = append(found, one(Weight(d.Aspect.Weight), nil))
	}
	return found
}

// weights returns the weights of a variable font's axis that cards use.
func weights(ld *ot.Loader) (found []Weight) {
	raw, err := ld.RawTable(ot.MustNewTag("fvar"))
	if err != nil {
		return nil
	}
	axes, _, err := tables.ParseFvar(raw)
	if err != nil {
		return nil
	}
	for _, axis := range axes.FvarRecords.Axis {
		for _, w := range []Weight{400, Medium, 600, Bold, ExtraBold} {
			if axis.Tag == weightAxis && float32(w) >= axis.Minimum && float32(w) <= axis.Maximum {
				found = append(found, w)
			}
		}
	}
	return found
}
